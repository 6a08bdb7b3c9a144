"""The figure page in Chromium."""


def test_fits_the_screen_and_is_accessible(whole) -> None:
    whole.page.get_by_role("link", name="Figure").click()
    whole.page.wait_for_url("**/figure")
    whole.page.locator("[data-testid=stMain] img").first.wait_for()
    whole.faultless()
    whole.fits_a_telephone()
    whole.clean()
    whole.page.get_by_role("link", name="Map", exact=True).click()
    assert whole.drawn() > 200
