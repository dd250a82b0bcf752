"""What pages ask for: nothing of any other host, save the pictures of a model."""

from browsing import Open
from site_world import PICTURE
from watching import Watched


def test_only_pictures_come_from_elsewhere_and_only_on_a_models_page(visit: Open, watched: Watched) -> None:
    for path in ("/", "/models/", "/models/?view=cards&nsfw=1", "/models/image_generation/", "/propose/clip/?model=x"):
        visit(path).wait_for_load_state("networkidle")
    assert watched.elsewhere == []
    visit("/models/image_generation/Lantern%20XL/").wait_for_load_state("networkidle")
    assert watched.elsewhere == [PICTURE]
