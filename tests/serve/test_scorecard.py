"""Which test holds which demand on an endpoint: 32 that must, 22 that should, 30 of safety.

The demands are those of the SPARQL 1.1 Protocol, of HTTP, and of what endpoints fail at. A test
that goes is missed here.
"""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.serve import test_runaways

MUST = """
query_by_get query_by_form query_by_direct_post form_content_type_may_have_a_charset
direct_content_type_may_have_a_charset plus_and_percent_are_decoded
text_beyond_ascii_comes_back_as_it_was ask json_results xml_results csv_results tsv_results
a_result_without_rows_is_no_error construct_in_every_syntax describe
without_accept_rows_are_json_and_triples_turtle quality_and_wildcards what_cannot_be_given_is_406
a_syntax_error_is_400_and_names_its_place an_empty_query_is_400 two_queries_are_400
a_query_in_body_and_address_is_400 a_form_without_query_is_400 another_content_type_is_415
another_method_is_405 updates_are_refused default_graph_uri_is_heeded
the_graph_of_a_request_wins_over_from named_graph_uri_is_heeded a_graph_that_is_not_ours_is_400
the_service_description another_path_is_404
"""
SHOULD = """
head_is_get_without_a_body options_names_the_methods preflight_of_another_origin
every_reply_may_be_read_by_other_origins_without_credentials no_sniffing
what_depends_on_headers_says_so answers_are_compressed_for_who_takes_it text_is_said_to_be_utf_8
a_client_that_takes_json_gets_errors_as_json another_client_gets_errors_as_text
an_unknown_prefix_is_named a_term_that_does_not_exist_is_remarked prefixes_are_declared
a_browser_at_the_endpoint_is_sent_to_the_page other_parameters_are_not_minded
the_order_of_rows_is_kept answers_have_a_length_and_a_date health
what_differs_each_time_is_computed_each_time the_same_question_has_the_same_answer expect_continue
fifty_requests_at_once_have_fifty_replies
"""
SAFETY = """
nothing_goes_out no_graph_of_a_request_is_fetched words_in_strings_and_comments_are_no_commands
deep_nesting_is_refused_before_it_is_read a_long_query_is_refused
a_body_that_is_too_long_by_its_word_is_413_at_once a_body_that_is_too_long_by_its_bytes_is_413
a_compressed_body_is_not_unpacked a_body_that_is_not_utf_8_is_400
an_address_that_is_no_utf_8_or_no_query_is_400 a_long_address_is_414 long_headers_are_431
what_is_no_http_is_refused headers_cannot_be_smuggled_into_a_reply an_error_is_never_html
idle_and_half_open_connections_delay_nobody a_slow_head_is_dropped
a_client_that_leaves_takes_its_question_along many_runaways_at_a_time
"""
"""Nineteen, and each of the eleven runaways."""
MODULES = ("protocol", "manners", "safety", "runaways", "odd_requests")


@pytest.mark.parametrize(
    ("names", "count"),
    [(MUST, 32), (SHOULD, 22), (SAFETY, 30 - len(test_runaways.RUNAWAYS))],
    ids=["must", "should", "safety"],
)
def test_each_demand_has_its_test(names: str, count: int) -> None:
    found = {name for m in MODULES for name in vars(import_module(f"tests.serve.test_{m}"))}
    asked = names.split()
    assert [name for name in asked if f"test_{name}" not in found] == []
    assert len(set(asked)) == count
