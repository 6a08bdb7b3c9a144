"""The less used filters in Chromium: in a closed part of the bar, in the link, on every page."""

import re


def day_known(page):
    return page.page.get_by_role("button", name="week", exact=True)


def test_they_are_closed_until_somebody_opens_them(whole, table) -> None:
    page = whole
    assert not day_known(page).is_visible()
    page.page.get_by_text("More filters").click()
    day_known(page).click()
    page.page.wait_for_url(re.compile("date_precision=week"))
    page.wait_for_count(len([i for i in table.incidents if i.date_precision == "week"]))
    assert day_known(page).is_visible()

    page.page.get_by_role("combobox", name="Actor").focus()  # by keyboard
    page.page.keyboard.type("Frontier")
    page.page.get_by_role("option", name="Frontier Corps").wait_for()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url(re.compile("actor=Frontier"))
    page.settled()
    page.page.get_by_text("More filters").click()
    day_known(page).wait_for(state="hidden")
    page.clean()


def test_what_a_link_sets_in_the_closed_part_is_seen_and_stays_set(server, new_page, table) -> None:
    chosen = [i for i in table.incidents if i.date_precision == "week" and "Pakistan military" in i.actors]
    clashes = sum(incident.category == "clash" for incident in chosen)
    page = new_page().open(f"{server}/quality?date_precision=week&actor=Pakistan+military")
    page.wait_for_count(len(chosen))
    assert day_known(page).is_visible()
    assert page.page.get_by_label("Remove Pakistan military").is_visible()
    page.page.get_by_text("More filters").click()
    page.page.get_by_role("button", name="clash", exact=True).click()
    page.wait_for_count(clashes)
    assert "date_precision=week" in page.page.url
    assert "actor=Pakistan" in page.page.url
    page.page.get_by_role("link", name="Map", exact=True).click()
    page.page.get_by_role("heading", name="Incidents on the map").wait_for()
    page.page.wait_for_url(re.compile(r"/\?.*date_precision=week"))
    page.settled()
    assert "actor=Pakistan" in page.page.url
