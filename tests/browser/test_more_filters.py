"""The less used filters in Chromium: in a closed part of the bar, in the link, on every page."""

import re

import pytest


def day_known(page):
    return page.page.get_by_role("button", name="week", exact=True)


def test_they_are_closed_until_somebody_opens_them(server, new_page, table) -> None:
    page = new_page().open(f"{server}/quality")
    assert not day_known(page).is_visible()
    page.page.get_by_text("More filters").click()
    day_known(page).click()
    page.page.wait_for_url(re.compile("date_precision=week"))
    page.wait_for_count(len([i for i in table.incidents if i.date_precision == "week"]))
    assert day_known(page).is_visible()
    page.clean()


def test_a_link_opens_them_with_what_its_sender_chose(server, new_page, table) -> None:
    page = new_page().open(f"{server}/quality?date_precision=week&actor=afghan+taliban")
    day_known(page).wait_for()
    page.page.get_by_label("Remove Afghan Taliban").wait_for()
    chosen = [i for i in table.incidents if i.date_precision == "week" and "Afghan Taliban" in i.actors]
    assert page.counted() == (len(chosen), len(table))


def test_what_is_set_in_the_closed_part_stays_set(server, new_page, table) -> None:
    chosen = [i for i in table.incidents if i.date_precision == "week" and "Pakistan military" in i.actors]
    clashes = sum(incident.category == "clash" for incident in chosen)
    page = new_page().open(f"{server}/quality?date_precision=week&actor=Pakistan+military")
    page.wait_for_count(len(chosen))
    page.page.get_by_text("More filters").click()
    page.page.get_by_role("button", name="clash", exact=True).click()
    page.wait_for_count(clashes)
    assert "date_precision=week" in page.page.url
    assert "actor=Pakistan" in page.page.url
    page.page.reload()
    page.wait_for_count(clashes)
    page.page.get_by_role("link", name="Map", exact=True).click()
    page.page.get_by_role("heading", name="Incidents on the map").wait_for()
    page.page.wait_for_url(re.compile(r"/\?.*date_precision=week"))
    page.settled()
    assert "actor=Pakistan" in page.page.url


def test_an_actor_is_chosen_by_keyboard(server, new_page) -> None:
    page = new_page().open(f"{server}/quality?precision=exact")
    page.page.get_by_role("combobox", name="Actor").focus()
    page.page.keyboard.type("Frontier")
    page.page.get_by_role("option", name="Frontier Corps").wait_for()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url(re.compile("actor=Frontier"))
    page.clean()


@pytest.mark.parametrize("q", ["تورخم"], ids=["script"])
def test_a_name_is_found_in_another_spelling(server, new_page, q) -> None:
    page = new_page().open(f"{server}/quality?q=Torkham")
    wanted = page.counted()
    box = page.page.get_by_role("textbox", name="Text")
    box.fill(q)
    box.press("Enter")
    page.page.wait_for_url(lambda url: "Torkham" not in url)
    page.settled()
    assert page.counted() == wanted
