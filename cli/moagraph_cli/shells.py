"""What bash and fish source to complete words; zsh takes the script that `click` has for it.

A name may hold blanks, commas, colons and quotes, and may be begun inside quotes. `click` gives
bash and fish scripts that lose such names or the quote they were begun with.
"""

from __future__ import annotations

import os
from typing import Any, ClassVar

from click.shell_completion import (
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

# `filenames` lets readline quote a name as the word was begun, so that nothing in it acts on the
# shell; `default` completes files where nothing else is known.
_BASH = """\
%(complete_func)s() {
    local kind value quoted=
    COMPREPLY=()
    while IFS=, read -r kind value; do
        if [[ $kind == plain ]]; then
            COMPREPLY+=("$value")
            [[ $value == *[!A-Za-z0-9_.,:+%%/@-]* ]] && quoted=1
        fi
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1")
    if [[ $quoted ]]; then
        compopt -o filenames 2>/dev/null
    fi
}
complete -o nosort -o bashdefault -o default -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -o bashdefault -o default -F %(complete_func)s %(prog_name)s
"""

_FISH = """\
function %(complete_func)s
    set -l words (commandline -cp)
    set -l begun (commandline -ct)
    set -lx COMP_WORDS "$words"
    set -lx COMP_CWORD "$begun"
    for line in (env %(complete_var)s=fish_complete %(prog_name)s)
        set -l parts (string split -m 1 "," -- $line)
        switch $parts[1]
            case plain
                printf '%%s\\n' $parts[2]
            case file dir
                __fish_complete_path (string unescape -- $begun)
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class Bash(ShellComplete):
    """Completion that reads the line itself: the words of bash are parted at colons too."""

    name: ClassVar[str] = "bash"
    source_template: ClassVar[str] = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the whole words before the cursor and the one that is begun."""
        line = os.environ["COMP_LINE"]
        words = split_arg_string(line)
        if not words or split_arg_string(f"{line}x") != [*words[:-1], f"{words[-1]}x"]:
            words.append("")
        self.begun = words[-1]
        self.quoted = words[-1] and split_arg_string(f"{line} x") == [*words[:-1], f"{words[-1]} x"]
        return words[1:-1], words[-1]

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the kind and what stands in for the word; bash has kept all up to a colon."""
        value = str(item.value)
        kept = self.begun[: self.begun.rfind(":") + 1]
        if not self.quoted:
            value = value.removeprefix(kept)
        return f"{item.type},{value}"


class Fish(FishComplete):
    """Completion whose names may hold commas."""

    source_template: ClassVar[str] = _FISH


class Zsh(ZshComplete):
    """Completion whose names may hold backslashes: with a help text zsh takes them for escapes."""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the kind, what stands in for the word, and what it means."""
        if item.help:
            value = str(item.value).replace("\\", "\\\\")
            item = CompletionItem(value, item.type, item.help)
        return super().format_completion(item)


def register() -> None:
    """Put these in the place of those that `click` brings."""
    add_completion_class(Bash)
    add_completion_class(Zsh)
    add_completion_class(Fish)
