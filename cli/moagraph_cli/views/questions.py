"""The list of named questions."""

from __future__ import annotations


def questions_view(output_format: str) -> str:
    """Return all named questions with title, parameters and an example, in a format."""
    from moagraph.sparql.named import names, question

    found = [question(name) for name in names()]
    if output_format == "json":
        from moagraph_cli.output import dump

        return dump(
            [
                {
                    "name": q.name,
                    "title": q.title,
                    "description": q.description,
                    "parameters": [
                        {"name": p.name, "kind": p.kind, "optional": p.optional, "help": p.help}
                        for p in q.parameters
                    ],
                    "example": q.command,
                }
                for q in found
            ]
        )
    columns = ("name", "title", "parameters", "example")
    rows = [
        (
            q.name,
            q.title,
            ", ".join(f"[{p.name}]" if p.optional else p.name for p in q.parameters),
            q.command,
        )
        for q in found
    ]
    if output_format in ("csv", "tsv"):
        from moagraph_cli.output import separated

        return separated(columns, rows, output_format)
    if output_format == "md":
        from moagraph.sparql.display import markdown

        return markdown(columns, rows)
    from moagraph_cli.terminal import style, wrap

    blocks = []
    for q, (_, _, parameters, command) in zip(found, rows, strict=True):
        head = style(q.name, bold=True) + (f"  ({parameters})" if parameters else "")
        blocks.append("\n".join([head, wrap(q.title, "  "), f"  {command}"]))
    return "\n\n".join(blocks) + "\n"
