"""What an editor does in an article's form, by hand."""


def open_form(person, article, query=""):
    """Open the article's form and wait until the rich text stands in it."""
    answer = person.goto(f"/admin/articles/article/{article.pk}/change/{query}")
    person.page.locator(".ck-editor__editable[role=textbox]").wait_for()
    return answer


def retitle(person, title):
    """Type a title in place of the one that stands there."""
    person.page.fill("#id_title", title)


def write_in_body(person, paragraph, words):
    """Put the caret at the end of a paragraph of the text and type."""
    person.page.locator(f".ck-editor__editable > {paragraph}").click()
    person.page.keyboard.press("End")
    person.page.keyboard.type(words)


def scrolls_sideways(person):
    """Say whether the page is wider than the window."""
    return person.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
