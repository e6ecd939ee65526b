"""What may come in or go wrong at every surface but the formats of files; see `inventory`."""

from __future__ import annotations

_QUERY = "hostile/test_queries.py::test_a_hostile_query_is_one_message[{}]"
_ENDED = "hostile/test_queries.py::test_a_runaway_is_ended[{}]"
_FINE = "hostile/test_queries.py::test_a_query_that_only_looks_hostile_is_answered[{}]"
_PLACE = "hostile/test_places.py::test_what_is_no_file_is_told[{}-{}]"
_SERVER = "remote/test_faults.py::test_every_fault_ends_in_one_message[{}]"
_ENDPOINT = "serve/test_runaways.py::test_a_runaway_ends_and_delays_nobody[{}]"
_POOR = "hostile/test_shell.py::test_a_poor_environment_still_answers[{}]"
_FOREIGN = "hostile/test_foreign_names.py::test_a_foreign_name_acts_nowhere[{}]"

SURFACES: dict[str, dict[str, str]] = {
    "SPARQL text": {
        "FROM the web": _QUERY.format("from"),
        "FROM NAMED the web": _QUERY.format("from named"),
        "FROM a file": _QUERY.format("from a file"),
        "SERVICE": _QUERY.format("service"),
        "SERVICE SILENT": _QUERY.format("service, silent"),
        "SERVICE by a variable": _QUERY.format("service by a variable"),
        "SERVICE by escapes": _QUERY.format("service by an escape"),
        "LOAD": _QUERY.format("load"),
        "updates": _QUERY.format("insert"),
        "cross product": _ENDED.format("cross product"),
        "product of values": _ENDED.format("lists of values"),
        "ORDER BY": _ENDED.format("order"),
        "paths": _ENDED.format("paths"),
        "text that doubles": _ENDED.format("doubling"),
        "an expression that others hang on": _FINE.format("an expression that others hang on"),
        "3,000 braces": _QUERY.format("braces"),
        "20,000 negations": _QUERY.format("not"),
        "3,000 nodes in nodes": _QUERY.format("nested nodes"),
        "beyond 1 MB": _QUERY.format("a megabyte"),
        "NUL": _QUERY.format("NUL"),
        "half a pair": _QUERY.format("half of a pair"),
        "a mark that turns text around": _QUERY.format("a mark that turns text around"),
        "a terminal's command": _QUERY.format("a terminal's command"),
        "byte order mark": _FINE.format("a mark of UTF-8"),
        "UTF-16 and Latin-1": "hostile/test_queries.py::test_a_query_in_another_encoding_is_told",
        "a web page": _QUERY.format("a page"),
        "nothing": _QUERY.format("nothing"),
        "names in parameters": (
            "hostile/test_queries.py::test_a_parameter_is_a_name_and_never_text_of_the_query"
        ),
        "a file that is none": "hostile/test_queries.py::test_the_path_of_a_query_may_be_no_file",
        "a file that may not be read": (
            "hostile/test_places.py::test_what_may_not_be_read_is_told[query]"
        ),
    },
    "the endpoint": {
        "runaways": _ENDPOINT.format("cross product"),
        "depth": "serve/test_safety.py::test_deep_nesting_is_refused_before_it_is_read",
        "long bodies": "serve/test_safety.py::test_a_body_that_is_too_long_by_its_bytes_is_413",
        "compressed bodies": "serve/test_safety.py::test_a_compressed_body_is_not_unpacked",
        "slow clients": "serve/test_safety.py::test_a_slow_head_is_dropped",
        "many demands": "serve/test_scorecard.py::test_each_demand_has_its_test",
    },
    "names": {
        "look-alike letters, case, composed letters, 1 MB": (
            "hostile/test_names.py::test_any_name_is_known_or_told"
        ),
        "an empty name": "hostile/test_shell.py::test_an_empty_name_is_told",
        "bytes that are no text": (
            "hostile/test_shell.py::test_bytes_that_are_no_text_are_an_unknown_name"
        ),
        "commands, markup, paths, templates": (
            "hostile/test_shell.py::test_a_hostile_name_is_unknown_and_printed_harmlessly"
        ),
        "never merged": "test_names.py::test_a_look_alike_is_suggested_and_never_merged",
        "any name, in tables": (
            "test_names.py::test_any_text_resolves_to_what_has_that_name_or_is_refused"
        ),
        "any name, in a dataset": (
            "hostile/test_any_content.py::test_any_name_is_found_or_refused_in_a_dataset"
        ),
        "completed in bash": (
            "hostile/test_completion.py::test_a_completed_name_is_the_name_and_does_nothing[bash]"
        ),
        "completed in zsh": (
            "hostile/test_completion.py::test_a_completed_name_is_the_name_and_does_nothing[zsh]"
        ),
        "completed in fish": (
            "hostile/test_completion.py::test_a_completed_name_is_the_name_and_does_nothing[fish]"
        ),
        "no completion commands a terminal": (
            "hostile/test_completion.py::test_no_name_commands_the_terminal"
        ),
        "numbers that are none": "hostile/test_numbers.py::test_a_number_that_is_none_is_told",
    },
    "paths and the cache": {
        **{
            f"{thing}, given to {command}": _PLACE.format(command, f"as_{thing}")
            for command in ("stats", "import", "batch", "query", "validate", "audit")
            for thing in ("fifo", "zero", "loop", "missing", "empty_folder", "socket")
        },
        "a file that may not be read": (
            "hostile/test_places.py::test_what_may_not_be_read_is_told[stats]"
        ),
        "a folder that may not be entered": (
            "hostile/test_places.py::test_a_folder_that_may_not_be_entered_is_told"
        ),
        "a name that cannot be": "hostile/test_places.py::test_a_name_of_a_place_that_cannot_be",
        "a name with a line or a command": (
            "hostile/test_folders.py::test_a_file_may_have_any_name[terminal]"
        ),
        "a name that is no text": (
            "hostile/test_folders.py::test_a_name_that_is_no_text_is_told_or_read"
        ),
        "folders without end": (
            "hostile/test_folders.py::test_folders_without_end_are_looked_into_so_far"
        ),
        "links in a circle": (
            "hostile/test_folders.py::test_links_that_lead_back_are_told_and_not_followed"
        ),
        "very many files": "hostile/test_folders.py::test_a_folder_of_very_many_files_is_told",
        "a cache of another user": (
            "hostile/test_cache.py::test_a_cache_of_another_user_is_not_believed"
        ),
        "a cache made first by another": (
            "hostile/test_cache.py::test_a_folder_made_first_in_the_shared_place_is_not_used"
        ),
        "a cache of noise": "hostile/test_cache.py::test_a_spoilt_store_is_built_anew[noise]",
        "a cache that is cut": "hostile/test_cache.py::test_a_spoilt_store_is_built_anew[cut]",
        "a cache of another graph": (
            "hostile/test_cache.py::test_a_spoilt_store_is_built_anew[another graph]"
        ),
        "a cache that is a link": (
            "hostile/test_cache.py::test_a_spoilt_store_is_built_anew[a link to another graph]"
        ),
        "a cache of pipes": (
            "hostile/test_cache.py::test_a_spoilt_store_is_built_anew[files that are pipes]"
        ),
        "a cache that is no folder": (
            "hostile/test_cache.py::test_a_cache_that_is_no_folder_of_ours_is_not_used"
        ),
    },
    "compiled datasets": {
        "swapped files": (
            "hostile/test_datasets.py::test_a_hostile_dataset_is_refused[files swapped]"
        ),
        "a trigger": "hostile/test_datasets.py::test_a_hostile_dataset_is_refused[a trigger]",
        "a view that loads code": (
            "hostile/test_datasets.py::test_a_hostile_dataset_is_refused[a view that loads code]"
        ),
        "records that no import writes": (
            "hostile/test_datasets.py::test_an_odd_dataset_is_an_answer_or_one_message"
        ),
        "bits that turned": (
            "hostile/test_datasets.py::test_bits_that_turned_are_told_or_do_no_harm"
        ),
    },
    "output files": {
        "a full disk": "hostile/test_faults.py::test_a_full_disk_is_told_and_left_as_it_was",
        "a full disk, under a dataset": (
            "hostile/test_faults.py::test_an_import_onto_a_full_disk_leaves_the_old_dataset"
        ),
        "a full device": "hostile/test_shell.py::test_an_output_that_cannot_be_written_is_told",
        "a full disk behind stdout": (
            "hostile/test_outputs.py::test_a_full_disk_behind_stdout_is_told"
        ),
        "killed in the middle": (
            "hostile/test_faults.py::test_a_file_that_is_being_written_is_old_or_new"
        ),
        "an import, killed at random moments": (
            "dataset/test_dataset.py::"
            "test_a_killed_import_leaves_the_old_dataset_and_two_writers_do_not_meet"
        ),
        "an import that is interrupted": (
            "hostile/test_faults.py::test_an_import_that_is_asked_to_end_leaves_nothing"
        ),
        "Ctrl-C": "hostile/test_shell.py::test_ctrl_c_ends_with_130_and_writes_nothing",
        "a reader that has enough": (
            "hostile/test_outputs.py::test_a_reader_that_has_enough_is_no_error"
        ),
        "two writers of a file": (
            "hostile/test_outputs.py::test_two_writers_of_one_file_leave_one_whole_answer"
        ),
        "many writers of a dataset": (
            "hostile/test_faults.py::test_of_many_writers_one_whole_dataset_is_left"
        ),
        "a dataset that is replaced while it is read": (
            "hostile/test_faults.py::test_a_dataset_that_is_replaced_and_removed_is_read_to_the_end"
        ),
        "a folder": "hostile/test_places.py::test_a_folder_is_no_output_file",
        "write-protected": "hostile/test_places.py::test_a_file_that_may_not_be_written_is_left",
        "in a folder that is shut": (
            "hostile/test_places.py::test_a_folder_that_may_not_be_written_is_told"
        ),
        "a link": (
            "hostile/test_places.py::test_a_link_stays_a_link_and_what_it_leads_to_is_written"
        ),
        "the input itself": "hostile/test_places.py::test_the_output_may_be_the_input",
    },
    "remote endpoints": {
        "a redirect to a file": _SERVER.format("moved"),
        "a redirect to this machine": _SERVER.format("moved-to-loopback"),
        "a body without end": _SERVER.format("endless"),
        "a bomb": _SERVER.format("bomb"),
        "another type": _SERVER.format("xml"),
        "a web page": _SERVER.format("html"),
        "half of an answer": _SERVER.format("half-json"),
        "depth": _SERVER.format("deep-json"),
        "half a pair": _SERVER.format("half-pair"),
        "drop by drop": _SERVER.format("drip"),
        "silence": _SERVER.format("silent"),
        "a slow head": _SERVER.format("slow-head"),
        "no HTTP": _SERVER.format("no-http"),
        "a terminal's command": _SERVER.format("escape"),
        "other addresses": "remote/test_faults.py::test_only_safe_addresses_are_asked",
        "nobody there": "remote/test_faults.py::test_nobody_listens",
        "at the shell": "remote/test_faults.py::test_the_shell_shows_the_message_and_leaves_with_4",
    },
    "the page": {
        "markup in names": "view/test_page.py::test_07_hostile_text_stays_text",
        "an end of a script in data": (
            "view/test_page.py::test_07_a_script_that_would_end_itself_is_refused"
        ),
        "names in the panel": (
            "view/test_browser.py::test_07_hostile_names_are_text_in_the_panel_too"
        ),
        "another host": (
            "view/test_browser.py::test_02_03_07_asks_for_nothing_and_complains_of_nothing"
        ),
        "scripts that are none of its own": (
            "view/test_page.py::test_03_the_policy_names_each_script_and_nothing_else"
        ),
        "a script in a name, from file to page": _FOREIGN.format("end of script"),
        "an address that is a script": _FOREIGN.format("markdown"),
        "text turned around": _FOREIGN.format("bidirectional"),
        "any text": "hostile/test_any_content.py::test_no_text_leaves_its_frame",
    },
    "CSV": {
        "formulas": "hostile/test_outputs.py::test_a_label_never_is_a_formula_in_a_spreadsheet",
        "a formula from file to sheet": _FOREIGN.format("formula"),
        "any text": "hostile/test_any_content.py::test_no_text_leaves_its_cell",
    },
    "the terminal": {
        "commands, bells, text turned around, in every format": (
            "hostile/test_terminal.py::test_no_format_commands_a_terminal"
        ),
        "in exports": "hostile/test_terminal.py::test_no_export_commands_a_terminal",
        "in messages": "hostile/test_terminal.py::test_no_message_commands_a_terminal",
        "kept in data": "hostile/test_terminal.py::test_data_keep_their_characters_in_a_pipe",
        "narrow": "hostile/test_terminal.py::test_a_narrow_terminal_cuts_no_word_of_an_answer",
        "any text": "hostile/test_any_content.py::test_no_text_acts_on_a_terminal",
    },
    "the environment": {
        case: _POOR.format(case)
        for case in ("no locale", "no home", "read-only home", "narrow", "dumb", "ascii")
    },
}
