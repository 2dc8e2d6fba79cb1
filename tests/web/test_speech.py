"""The kiosk's screens read aloud over the API: who may ask, and what is said when there is no voice."""

from queue_server.web.context import VoiceAway, here
from tests.web.web_hall import WebHall


def give_voice(web: WebHall, speak) -> None:
    with web.app.app_context():
        here().speak = speak


def test_only_a_kiosk_has_its_screens_read_aloud(web: WebHall):
    give_voice(web, lambda text, language, slow: (f"/{language}/{text}/{slow}", 1.5))
    part = {"text": "您好", "language": "zh", "slow": True}

    assert web.kiosk().post("/speech", part).get_json() == {"sound": "/zh/您好/True", "seconds": 1.5}
    assert web.stranger().post("/speech", part).status_code == 401
    assert web.signed_in("supervisor").post("/speech", part).status_code == 403


def test_where_the_voice_is_away_or_has_nothing_to_say_the_kiosk_is_told_so(web: WebHall):
    def away(text: str, language: str, slow: bool) -> None:
        raise VoiceAway

    for voice in (None, away):
        give_voice(web, voice)
        answer = web.kiosk().post("/speech", {"text": "您好"})
        assert (answer.status_code, answer.get_json()["code"]) == (503, "voice_away")
    give_voice(web, lambda text, language, slow: None)
    assert web.kiosk().post("/speech", {"text": "→"}).get_json()["sound"] == ""
    assert web.kiosk().post("/speech", {"text": "字" * 201}).status_code == 422
