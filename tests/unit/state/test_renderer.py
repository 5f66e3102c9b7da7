from app.state.messages import Start
from app.state.renderer import RegionView, Renderer, Screen
from app.view.screen import render
from tests.unit.state.fake_page import Tab, plain, play


def test_the_view_is_a_renderer_and_builds_nothing_before_it_is_asked_to() -> None:
    renderers: list[Renderer] = [render, plain]

    async def scene(tab: Tab) -> None:
        tab.send(Start(0, "", {}, secure=True, extension=False))
        for renderer in renderers:
            screen = renderer(tab.state)
            assert isinstance(screen, Screen)
            assert all(isinstance(view, RegionView) and callable(view.build) for view in screen.regions)

    play(scene)
