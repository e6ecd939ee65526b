// What is present in a background: genotype, disease, species, stimulus, removals, second drugs.

// Which features the gene products have: a given variant outweighs the native sequence.
class Features {
  constructor(graph, species, given) {
    this.graph = graph;
    const lineage = graph.ancestors(species);
    const rows = (wanted) => new Set(graph.variants.filter(wanted).map((v) => key(v.feature, v.effect)));
    const isGiven = (v) => !v.native.length && given.has(key(v.gene, v.change));
    this.given = rows(isGiven);
    this.givenFeatures = graph.variants.filter(isGiven).map((v) => v.feature);
    this.native = rows((v) => v.native.some((taxon) => lineage.has(taxon)));
  }

  lacking(feature) {
    if (this.removedByVariant(feature)) return true;
    if (this.given.has(key(feature, "restores")) || this.given.has(key(feature, "keeps"))) return false;
    return this.nativeLacks(feature);
  }

  nativeLacks(feature) {
    return this.native.has(key(feature, "removes"));
  }

  removedByVariant(feature) {
    return this.given.has(key(feature, "removes"));
  }

  unknown(feature) {
    return !["removes", "restores", "keeps"].some((effect) => {
      const row = key(feature, effect);
      return this.given.has(row) || this.native.has(row);
    });
  }

  restorers(feature) {
    const { graph } = this;
    const rows = graph.variants.filter(
      (v) => v.feature === feature && v.effect === "restores" && !v.native.length,
    );
    return sorted(rows.map((v) => graph.variantLabel(v.gene, v.change)));
  }
}

// The variants of a question by gene and change, or an error that lists the known ones.
function parseVariants(graph, texts) {
  return new Set(
    texts.map((text) => {
      const colon = text.lastIndexOf(":");
      const gene = text.slice(0, Math.max(colon, 0)).trim();
      const change = fold(text.slice(colon + 1));
      const named = (v) => colon > 0 && (v.gene === gene || v.names.has(fold(gene)));
      const found = graph.knownVariants.find((v) => named(v) && fold(v.change) === change);
      if (found) return key(found.gene, found.change);
      const own = sorted(graph.knownVariants.filter(named).map((v) => v.text));
      const others = sorted(graph.knownVariants.filter((v) => !named(v)).map((v) => v.text));
      const known = [...own, ...others];
      throw new QuestionError(
        "unknown_variant",
        `'${text}' is no known variant; known are: ${known.join(", ") || "none"}`,
        known,
      );
    }),
  );
}

const PLACES = new Map([["disease", "disease"], ["cell", "cell"], ["cell line", "cell"], ["taxon", "species"]]);
const EMPTY = new Set();

class Background {
  constructor(graph, question, blocked = EMPTY, raised = EMPTY) {
    this.graph = graph;
    this.question = question;
    this.species = question.taxon;
    this.human = this.species === graph.vocabulary.human;
    this.without = new Set(question.without);
    this.blocked = blocked;
    this.raised = raised;
    this.givenStates = new Set(question.state);
    this.variants = parseVariants(graph, question.variant);
    this.features = new Features(graph, this.species, this.variants);
    this.second = this._secondDrugs();
    this.startIsDrug = graph.isDrug(question.a);
    this.startSign = this.without.has(question.a) && !this.startIsDrug ? -1 : 1;
    this.removedNodes = new Set(this.without);
    if (!this.startIsDrug) this.removedNodes.delete(question.a);
    this._brought = new Map();
  }

  // The drugs given beside the asked one, those of combinations included.
  _secondDrugs() {
    const found = new Set(this.question.with);
    for (const drug of this.question.with) {
      const entity = this.graph.entities.get(drug);
      if (entity && entity.kind === "combination") entity.members.forEach((m) => found.add(m));
    }
    this.without.forEach((name) => found.delete(name));
    found.delete(this.question.a);
    return found;
  }

  _givenSecond(entity) {
    return [...this.second].some((drug) => this.graph.isA(drug, entity));
  }

  // -- nodes

  // A node that `without` takes out of every path, also as a complex that lost what it needs.
  gone(node) {
    if (!this.removedNodes.size) return false;
    const bare = (name) =>
      this.removedNodes.has(name) || this.removedNodes.has(this.graph.ownerOfFeature.get(name));
    if (!this._goneComplexes) this._goneComplexes = this._complexesWithout(bare);
    return bare(node) || this._goneComplexes.has(node);
  }

  // The complexes that lack every alternative of something they need, by whatever nesting.
  _complexesWithout(lacks, counts = () => true) {
    const found = new Set();
    const missing = (name) => lacks(name) || found.has(name);
    for (let grown = true; grown; ) {
      grown = false;
      for (const [complex, needs] of this.graph.needs) {
        if (found.has(complex) || !counts(complex) || !needs.some((need) => need.every(missing))) continue;
        found.add(complex);
        grown = true;
      }
    }
    return found;
  }

  // -- participants

  present(entity, at) {
    if (this.without.has(entity) || this.blocked.has(entity)) return false;
    if (this.givenStates.has(entity) || this.raised.has(entity)) return true;
    const kind = this.graph.kind(entity);
    if (kind === "state") return this.brought(entity, at);
    if (DRUGS.has(kind)) return this.graph.isA(this.question.a, entity) || this._givenSecond(entity);
    if (PLACES.has(kind)) return at[PLACES.get(kind)] !== "" && this._carried(entity, at);
    return !this.absent(entity);
  }

  // Whether `!entity` fails: a protein that is merely there does not break it.
  raisedAt(entity, at) {
    if (this.without.has(entity) || this.blocked.has(entity)) return false;
    if (this.givenStates.has(entity) || this.raised.has(entity)) return true;
    const kind = this.graph.kind(entity);
    if (kind === "state") return this.brought(entity, at);
    if (DRUGS.has(kind)) return this._givenSecond(entity);
    return PLACES.has(kind) && this._carried(entity, at);
  }

  _carried(entity, at) {
    return [at.cell, at.disease, at.species].some((value) => value !== "" && this.graph.isA(value, entity));
  }

  // Whether a protein, feature, complex or process is missing, whatever is carried.
  absent(entity) {
    if (!this._absentComplexes) {
      this._absentComplexes = this._complexesWithout(
        (name) => this._lacks(name),
        (name) => !this._isFeature(name),
      );
    }
    return this._lacks(entity) || this._absentComplexes.has(entity);
  }

  _isFeature(entity) {
    return this.graph.ownerOfFeature.has(entity) || this.graph.kind(entity) === "feature";
  }

  // Taken away, or a feature that the sequence or its owner lacks; owners may nest.
  _lacks(entity) {
    const seen = new Set();
    for (let name = entity; name !== undefined && !seen.has(name); ) {
      if (this.without.has(name) || this.blocked.has(name)) return true;
      if (this._isFeature(name) && this.features.lacking(name)) return true;
      seen.add(name);
      name = this.graph.ownerOfFeature.get(name);
    }
    return false;
  }

  // -- states

  // Whether a state is there at a step, `except` being held as not there.
  brought(state, at, except = "") {
    if (this.without.has(state) || this.blocked.has(state) || state === except) return false;
    if (this.raised.has(state) || state === this.question.a) return true;
    if ([...this.givenStates].some((given) => this.graph.isA(given, state))) return true;
    return this._statesAt(at, except).has(state);
  }

  // The states that something brings at a step, worked out until no more is added.
  _statesAt(at, except) {
    const name = key(at.key, except);
    let found = this._brought.get(name);
    if (found) return found;
    found = new Set();
    this._brought.set(name, found);
    for (let grown = true; grown; ) {
      grown = false;
      for (const [state, items] of this.graph.states) {
        if (found.has(state) || state === except) continue;
        if (this.without.has(state) || this.blocked.has(state)) continue;
        if (!items.some((item) => this._brings(item, at, except))) continue;
        found.add(state);
        grown = true;
      }
    }
    return found;
  }

  _brings(item, at, except) {
    if (item.loss !== undefined) return this.without.has(item.loss);
    if (this.givenStates.has(item.text)) return true;
    if (item.variant !== undefined) return this.variants.has(item.variant);
    const kind = this.graph.kind(item.entity);
    if (kind === "state") return this.brought(item.entity, at, except);
    if (DRUGS.has(kind)) return this._givenSecond(item.entity);
    return kind !== "" && this._carried(item.entity, at);
  }

  // Whether a removal or a variant of the question brings a state.
  isChangedBy(item) {
    return item.loss === undefined ? this.variants.has(item.variant) : this.without.has(item.loss);
  }

  // What brings a state, as the table says; at a step, only what does so there.
  bringers(state, at) {
    const items = this.graph.states.get(state) || NONE;
    const found = at ? items.filter((item) => this._brings(item, at, state)) : items;
    return found.map((item) => item.text);
  }
}
