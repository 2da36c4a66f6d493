from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.blocks import blocks_of, html_of
from newsroom.core.merging import NO_BASE, Merged, merge_html, merge_rows, merge_set, merge_value

PARAGRAPHS = st.lists(st.sampled_from("abcd"), max_size=6)


def paragraphs(words):
    return "".join(f"<p>{word}</p>" for word in words)


def listed(words):
    return f"<p>s</p><ul>{''.join(f'<li>{word}</li>' for word in words)}</ul>" if words else "<p>s</p>"


BODIES = st.sampled_from([paragraphs, listed]).flatmap(
    lambda shape: st.tuples(*[PARAGRAPHS.map(shape) for _version in range(3)])
)


def key(row):
    return row["author"]


def row(author, role=""):
    return {"author": author, "role": role}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value", "is_conflict"),
    [
        ("a", "a", "a", "a", False),
        ("a", "b", "a", "b", False),
        ("a", "a", "b", "b", False),
        ("a", "b", "b", "b", False),
        ("a", "b", "c", "b", True),
        (None, None, 5, 5, False),
        (5, None, 5, None, False),
        (NO_BASE, "a", "a", "a", False),
        (NO_BASE, "a", "b", "a", True),
    ],
)
def test_a_value_follows_whoever_changed_it(base, mine, theirs, value, is_conflict):
    assert merge_value(base, mine, theirs) == Merged(value, is_conflict)


def test_a_set_takes_what_either_added_and_leaves_what_either_took_out():
    assert merge_set({1, 2, 3}, {1, 2, 4}, {2, 3, 5}) == Merged(frozenset({2, 4, 5}))


def test_sets_without_a_common_version_differ_in_a_conflict():
    assert merge_set(NO_BASE, [1], [1]) == Merged(frozenset({1}))
    assert merge_set(NO_BASE, [1], [2]) == Merged(frozenset({1, 2}), is_conflict=True)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value", "is_conflict"),
    [
        # One changed a role, the other added an author.
        ([row(1), row(2)], [row(1, "x"), row(2)], [row(1), row(2), row(3)], [row(1, "x"), row(2), row(3)], False),
        # One took an author out, the other changed a role.
        ([row(1), row(2)], [row(1)], [row(1, "x"), row(2)], [row(1, "x")], False),
        # One took out what the other changed.
        ([row(1), row(2)], [row(1)], [row(1), row(2, "x")], [row(1), row(2, "x")], True),
        # Both changed the same row.
        ([row(1)], [row(1, "x")], [row(1, "y")], [row(1, "x")], True),
        # Both added at the same place.
        ([row(1)], [row(1), row(2)], [row(1), row(3)], [row(1), row(2), row(3)], True),
        # Both added the same.
        ([row(1)], [row(1), row(2)], [row(1), row(2)], [row(1), row(2)], False),
        # One changed the order alone.
        ([row(1), row(2)], [row(2), row(1)], [row(1), row(2)], [row(2), row(1)], False),
        (NO_BASE, [row(1)], [row(1)], [row(1)], False),
        (NO_BASE, [row(1, "x")], [row(1, "y"), row(2)], [row(1, "x"), row(2)], True),
    ],
)
def test_rows_follow_whoever_changed_them(base, mine, theirs, value, is_conflict):
    assert merge_rows(base, mine, theirs, key) == Merged(value, is_conflict)


def test_a_row_that_both_moved_elsewhere_stands_once_and_is_a_conflict():
    rows = [row(at) for at in range(5)]
    mine, theirs = [*rows[1:], rows[0]], [rows[1], rows[2], rows[0], *rows[3:]]

    merged = merge_rows(rows, mine, theirs, key)

    assert sorted(map(key, merged.value)) == [0, 1, 2, 3, 4]
    assert merged.is_conflict


ROWS = st.lists(st.builds(row, st.integers(0, 4), st.sampled_from("xy")), max_size=5, unique_by=key)


@given(ROWS, ROWS, ROWS)
def test_rows_that_one_side_added_are_kept(base, mine, theirs):
    merged = merge_rows(base, mine, theirs, key)

    known = {key(held) for held in base}
    added = {key(held) for held in [*mine, *theirs]} - known
    assert added <= {key(held) for held in merged.value}
    assert len(merged.value) == len({key(held) for held in merged.value})


@given(ROWS, ROWS)
def test_rows_that_only_one_side_changed_are_his(base, changed):
    assert merge_rows(base, changed, base, key) == Merged(changed)
    assert merge_rows(base, base, changed, key) == Merged(changed)
    assert merge_rows(base, changed, changed, key) == Merged(changed)


def test_changes_to_neighbouring_paragraphs_are_merged_silently():
    merged = merge_html(paragraphs("abc"), paragraphs(["a", "b de moi", "c"]), paragraphs(["a", "b", "c de lui"]))

    assert merged.value == paragraphs(["a", "b de moi", "c de lui"])
    assert not merged.is_conflict
    assert merged.conflicts == []


def test_two_versions_of_one_paragraph_wait_for_a_choice_and_neither_is_lost():
    merged = merge_html(paragraphs("abc"), paragraphs(["a", "moi", "c"]), paragraphs(["a", "lui", "c"]))

    ((part, mine, theirs),) = merged.conflicts
    assert merged.is_conflict
    assert (mine, theirs) == ("<p>moi</p>", "<p>lui</p>")
    assert merged.value == merged.resolved({part: "both"}) == paragraphs(["a", "moi", "lui", "c"])
    assert merged.resolved({part: "mine"}) == paragraphs(["a", "moi", "c"])
    assert merged.resolved({part: "theirs"}) == paragraphs(["a", "lui", "c"])


def test_what_one_took_out_and_the_other_changed_is_a_conflict():
    merged = merge_html(paragraphs("ab"), paragraphs("b"), paragraphs(["a bis", "b"]))

    assert merged.conflicts == [(0, "", "<p>a bis</p>")]
    assert merged.value == paragraphs(["a bis", "b"])


def test_a_paragraph_put_into_what_the_other_rewrote_is_a_conflict():
    merged = merge_html(paragraphs("abcd"), paragraphs(["a", "b", "neuf", "c", "d"]), paragraphs(["a", "tout", "d"]))

    assert merged.is_conflict
    assert "neuf" in merged.value
    assert "tout" in merged.value


def test_items_put_at_both_ends_of_a_list_stay_in_one_list_and_the_next_list_apart():
    base = "<ul><li>a</li></ul><ul><li>x</li></ul>"

    merged = merge_html(
        base, "<ul><li>0</li><li>a</li></ul><ul><li>x</li></ul>", base.replace("a</li>", "a</li><li>b</li>")
    )

    assert merged.value == "<ul><li>0</li><li>a</li><li>b</li></ul><ul><li>x</li></ul>"
    assert not merged.is_conflict


def test_rows_of_one_table_are_merged_one_by_one():
    table = (
        '<figure class="table"><table><thead><tr><th>D</th></tr></thead><tbody><tr><td>{}</td></tr><tr><td>{}</td></tr>'
        "</tbody></table><figcaption>{}</figcaption></figure>"
    )

    merged = merge_html(table.format(1, 2, "l"), table.format(10, 2, "l"), table.format(1, 20, "m"))

    assert merged.value == table.format(10, 20, "m")
    assert not merged.is_conflict


@pytest.mark.parametrize("base", [None, NO_BASE])
def test_without_a_common_version_every_difference_is_a_conflict(base):
    merged = merge_html(base, paragraphs("abc"), paragraphs("axc"))

    assert merged.conflicts == [(1, "<p>b</p>", "<p>x</p>")]
    assert not merge_html(base, paragraphs("a"), paragraphs("a")).is_conflict


@given(BODIES)
def test_what_only_one_side_changed_is_his(bodies):
    base, changed, _other = bodies

    for mine, theirs in ((changed, base), (base, changed), (changed, changed)):
        merged = merge_html(base, mine, theirs)
        assert merged.value == changed
        assert not merged.is_conflict


@given(BODIES)
def test_no_block_is_lost_that_one_side_added_and_both_sides_agree_on_conflicts(bodies):
    base, mine, theirs = bodies

    merged = merge_html(base, mine, theirs)

    kept = Counter(block.identity for block in blocks_of(merged.value))
    for side in (mine, theirs):
        added = Counter(block.identity for block in blocks_of(side)) - Counter(
            block.identity for block in blocks_of(base)
        )
        assert set(added) <= set(kept)
    assert merged.is_conflict == merge_html(base, theirs, mine).is_conflict


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a</p>nu<p>b</p>",
        "<blockquote><p>a</p><p>b</p></blockquote><blockquote><p>c</p></blockquote>",
        '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>',
        '<figure class="image"><img src="/a"><figcaption>x</figcaption></figure>',
        "<table><tbody><tr><td>a</td></tr></tbody></table><table><tbody><tr><td>a</td></tr></tbody></table>",
    ],
)
def test_blocks_write_the_text_that_they_were_read_from(html):
    assert html_of(blocks_of(html)) == html


def test_what_nobody_writes_is_one_block():
    assert [block.html for block in blocks_of("<b>" * 100)] == ["<b>" * 100]
