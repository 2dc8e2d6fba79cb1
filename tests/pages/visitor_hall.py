"""A visitor with a phone in the hall on the web: takes a number, looks at the page, fills in its forms."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.web.web_hall import WebHall

PAGE = {"Accept": "text/html"}


class Phone:
    """Knows the link of one ticket and nothing else."""

    def __init__(self, web: WebHall, number: str) -> None:
        day = web.hall.read(lambda day, at: day.day)
        self.number = number
        self.path = f"/p/{web.context.progress_links.link(day, number)}"
        self.client = web.app.test_client()

    def get(self, more: str = "") -> TestResponse:
        return self.client.get(self.path + more, headers=PAGE)

    def text(self, more: str = "") -> str:
        return self.get(more).get_data(as_text=True)

    def send(self, what: str, **fields: object) -> TestResponse:
        return self.client.post(f"{self.path}/{what}", data=fields, headers=PAGE)


class VisitorHall(WebHall):
    def visitor(self, service: str = "TQ04", **choice: object) -> Phone:
        return Phone(self, self.a_visitor_takes_a_number(service, **choice))

    def served_visitor(self) -> Phone:
        phone = self.visitor()
        officer = self.officer()
        self.an_officer_calls(officer)
        officer.post(f"/tickets/{phone.number}/start")
        officer.post(f"/tickets/{phone.number}/end")
        return phone
