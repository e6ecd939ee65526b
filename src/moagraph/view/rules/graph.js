// The graph of the claims, prepared once for walking. Nothing here depends on a question.

// Texts by code points, as Python sorts them; UTF-16 units would put some emoji first.
function byText(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codeOrder(x) - codeOrder(y);
  }
  return a.length - b.length;
}

function codeOrder(unit) {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

const sorted = (values) => [...values].sort(byText);
const unique = (values) => [...new Set(values)];
const key = (...words) => words.join("\t");
const walkable = (sign) => sign === 1 || sign === -1 || sign === "unknown";

// An object that holds ids as keys, whatever they are called.
const record = (pairs) => Object.assign(Object.create(null), Object.fromEntries(pairs));

function push(map, name, value) {
  const held = map.get(name);
  if (held) held.push(value);
  else map.set(name, [value]);
}

const DRUGS = new Set(["drug", "drug class", "combination"]);
const DISEASES = new Set(["disease", "phenotype"]);
const OWNERS = new Set(["protein", "gene", "protein family"]);
const NONE = [];

class Graph {
  constructor(form) {
    this.version = form.version;
    this.vocabulary = form.vocabulary;
    this.closed = form.closed;
    this.ids = form.names.map((row) => row[0]);
    this.entities = new Map(form.names.map((row) => [row[0], this._entity(row, form.kinds)]));
    this.claims = form.claims.map((row) => this._claim(row, form.relations));
    this.claimById = new Map(this.claims.map((claim) => [claim.id, claim]));
    this.states = new Map(form.states.map(([id, items]) => [this.ids[id], items.map((i) => this._bringer(i))]));
    this.variants = form.variants.map(([gene, change, effect, feature, native]) => ({
      gene: this.ids[gene], change, effect, feature: this.ids[feature], native: this._ids(native),
    }));
    this.knownVariants = form.known_variants.map(([gene, change, text, names]) => ({
      gene: this.ids[gene], change, text, names: new Set(names.map(fold)),
    }));
    this.regimenPhrases = new Map(form.regimens.map(([place, words]) => [this.claims[place], words]));
    this.before = null;
    this._ancestors = new Map();
    this._contexts = new Map();
    this._machines = new Map();
    this._prepare(form.machines);
  }

  _ids(numbers) {
    return (numbers || NONE).map((number) => this.ids[number]);
  }

  _entity([id, label, kind, parents, members], kinds) {
    return {
      id,
      known: label !== undefined,
      label: label === undefined ? id : label,
      kind: kind === undefined ? "" : kinds[kind],
      parents: this._ids(parents),
      members: this._ids(members),
    };
  }

  _claim([id, subject, relation, object, kind, status, evidence, more], relations) {
    const [sources, basis, cell, disease, species, refutes, inconclusive] = evidence;
    const held = more || {};
    const name = (number) => (number === undefined ? "" : this.ids[number]);
    const claim = {
      id,
      subject: this.ids[subject],
      relation: relations[relation][0],
      sign: relations[relation][1],
      object: this.ids[object],
      kind: this.vocabulary.kinds[kind],
      status: this.vocabulary.statuses[status],
      sources,
      basis,
      seen: { cell: this._ids(cell), disease: this._ids(disease), species: this._ids(species) },
      records: held.records || NONE,
      against: { refutes: refutes || "", inconclusive: inconclusive || "" },
      negated: Boolean(held.negated),
      via: name(held.via),
      cell: name(held.cell),
      disease: name(held.disease),
      species: name(held.species),
      objectCell: name(held.object_cell),
      transfer: held.transfer || "",
      extent: held.extent || "",
      directness: held.directness || "",
      requires: (held.requires || NONE).map((group) => group.map((term) => this._term(term))),
    };
    claim.disputed = claim.status === "contested" || claim.status === "refuted";
    // The features of a glue claim's gate count in phase 2; the rest gates the claim as a whole.
    const recruits = (group) =>
      claim.via !== "" && group.every((term) => !term.negated && this.kind(term.entity) === "feature");
    claim.recruit = claim.requires.filter(recruits);
    claim.gates = claim.requires.filter((group) => !recruits(group));
    claim.terms = [...claim.recruit, ...claim.gates].flat();
    return claim;
  }

  _term(number) {
    return number < 0
      ? { entity: this.ids[-1 - number], negated: true }
      : { entity: this.ids[number], negated: false };
  }

  // What brings a state: an entity, the complete loss of one, or a variant.
  _bringer(item) {
    if (Array.isArray(item)) return { text: item[0], variant: key(this.ids[item[1]], item[2]) };
    if (item < 0) return { text: `!${this.ids[-1 - item]}`, loss: this.ids[-1 - item] };
    return { text: this.ids[item], entity: this.ids[item] };
  }

  _prepare(machineRows) {
    this.bySubject = new Map();
    this.byObject = new Map();
    this.leaving = new Map();
    this.entering = new Map();
    this.negated = new Map();
    this.spared = new Map();
    this.madeIn = new Set();
    this.claims.forEach((claim) => this._index(claim));
    this.ownerOfFeature = new Map();
    this.machineRows = new Map();
    for (const [machine, phase, participant, supportive, group, shown] of machineRows) {
      push(this.machineRows, this.ids[machine], {
        phase, participant: this.ids[participant], essential: !supportive, group: group || "", shown: shown || "",
      });
    }
    for (const entity of this.entities.values()) {
      if (OWNERS.has(entity.kind)) entity.members.forEach((m) => this.ownerOfFeature.set(m, entity.id));
    }
    this._prepareComplexes();
  }

  _index(claim) {
    push(this.bySubject, claim.subject, claim);
    push(this.byObject, claim.object, claim);
    const { sign } = claim;
    if (claim.negated) {
      if (walkable(sign) && claim.status === "negated" && (claim.cell || claim.disease || claim.species)) {
        push(this.negated, key(claim.subject, claim.object, sign), claim);
      }
      const spares = claim.kind === "gate" && claim.relation === this.vocabulary.sensitivity;
      if (spares && claim.status === "negated") push(this.spared, claim.object, claim.subject);
      return;
    }
    if (!walkable(sign)) return;
    if (claim.species) this.madeIn.add(key(claim.kind, claim.subject, claim.object, claim.species));
    if (claim.kind === "mechanism" && claim.subject !== claim.object) {
      push(this.leaving, claim.subject, claim);
      if (!this.entering.has(claim.object)) this.entering.set(claim.object, new Set());
      this.entering.get(claim.object).add(claim.subject);
    }
  }

  // Which complexes a component may lower, and what could stand in for it.
  _prepareComplexes() {
    this.needs = new Map();
    this.lowers = new Map();
    this.components = new Map();
    for (const { id, kind, members } of this.entities.values()) {
      if (kind !== "complex" || !members.length) continue;
      const { loose, phases } = this.machine(id);
      const found = loose.map((member) => [member]);
      for (const { parts } of phases) {
        for (const part of parts) {
          if (part.essential && part.names.some((n) => members.includes(n))) found.push(part.names);
        }
      }
      this.needs.set(id, [...new Map(found.map((need) => [key(...need), need])).values()]);
    }
    for (const [id, needs] of this.needs) {
      for (const member of this.entities.get(id).members) {
        const rivals = needs.filter((n) => n.includes(member)).map((n) => n.filter((o) => o !== member));
        if (rivals.length) push(this.lowers, member, { complex: id, rivals });
      }
    }
    for (const id of this.needs.keys()) {
      this.components.set(id, this.entities.get(id).members.filter((m) => this.lowers.has(m)));
    }
  }

  // A machine: its phases in order, alternatives joined, and the members that no phase lists.
  machine(id) {
    let found = this._machines.get(id);
    if (!found) {
      found = this._machine(id);
      this._machines.set(id, found);
    }
    return found;
  }

  _machine(id) {
    const rows = this.machineRows.get(id) || NONE;
    const phases = new Map();
    for (const row of rows) {
      if (!phases.has(row.phase)) phases.set(row.phase, new Map());
      push(phases.get(row.phase), row.group ? `group ${row.group}` : `one ${row.participant}`, row);
    }
    const part = (group) => ({
      names: unique(group.map((row) => row.participant)),
      essential: group.some((row) => row.essential),
      shown: unique(group.map((row) => row.shown).filter(Boolean)),
    });
    const listed = new Set(rows.map((row) => row.participant));
    const entity = this.entities.get(id);
    return {
      id,
      phases: [...phases.keys()]
        .sort((a, b) => a - b)
        .map((number) => ({ number, parts: [...phases.get(number).values()].map(part) })),
      loose: (entity ? entity.members : NONE).filter((member) => !listed.has(member)),
    };
  }

  label(id) {
    const entity = this.entities.get(id);
    return entity ? entity.label : id;
  }

  kind(id) {
    const entity = this.entities.get(id);
    return entity ? entity.kind : "";
  }

  isDrug(id) {
    return DRUGS.has(this.kind(id));
  }

  ancestors(id) {
    let found = this._ancestors.get(id);
    if (!found) {
      found = new Set([id]);
      for (const name of found) {
        const entity = this.entities.get(name);
        if (entity) entity.parents.forEach((parent) => found.add(parent));
      }
      this._ancestors.set(id, found);
    }
    return found;
  }

  isA(id, ancestor) {
    return id === ancestor || this.ancestors(id).has(ancestor);
  }

  // What is carried at one point of a path; the same values are the same object.
  context(cell, disease, species) {
    const name = key(cell, disease, species);
    let found = this._contexts.get(name);
    if (!found) {
      found = { cell, disease, species, key: name };
      this._contexts.set(name, found);
    }
    return found;
  }

  variantLabel(gene, change) {
    return `${this.label(gene)}:${change}`;
  }

  // Human and every taxon that is no parent of another.
  taxa() {
    const { human } = this.vocabulary;
    const taxa = [...this.entities.values()].filter((entity) => entity.kind === "taxon");
    const parents = new Set(taxa.flatMap((taxon) => taxon.parents));
    const others = taxa.map((taxon) => taxon.id).filter((id) => id !== human && !parents.has(id));
    return [human, ...sorted(others)];
  }
}

// Names are compared folded: width, case, dashes and runs of blanks do not matter.
function fold(name) {
  const plain = name.normalize("NFKC").replace(/[\u2010-\u2014\u2212]/g, "-");
  const lower = [...plain].map((letter) => letter.toUpperCase().toLowerCase()).join("");
  return lower.normalize("NFKC").trim().split(/\s+/).join(" ");
}
