"""A browser that is watched: what it asks for elsewhere, and what goes wrong in its pages."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Route, WebError


class Watched:
    """What pages asked for elsewhere, and what went wrong in them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.elsewhere: list[str] = []
        self.wrong: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.route(lambda url: not url.startswith(self.address), self._outside)
        context.on("weberror", self._failed)
        context.on("console", self._said)
        context.on("dialog", self._asked)

    def _outside(self, route: Route) -> None:
        self.elsewhere.append(route.request.url)
        route.fulfill(status=200, content_type="image/svg+xml", body="<svg xmlns='http://www.w3.org/2000/svg'/>")

    def _failed(self, error: WebError) -> None:
        self.wrong.append(str(error.error))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def _asked(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()
