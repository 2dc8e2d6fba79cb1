"""The words that stand beside whatever the centre has not confirmed."""

from __future__ import annotations

from queue_server.guidance.guides import Bilingual, Material, RiskNotice, ServiceGuide, Statement

CENTRES_NOTICE_PREVAILS = Bilingual("以中心公告为准", "The centre's notice prevails")


def is_confirmed(said: ServiceGuide | Material | Statement | RiskNotice) -> bool:
    """A guide is confirmed only together with every material on its list: the visitor reads them as one."""
    if isinstance(said, ServiceGuide):
        return said.confirmed_by_centre and all(material.confirmed for material in said.materials)
    return said.confirmed


def unconfirmed_notice(said: ServiceGuide | Material | Statement | RiskNotice, lang: str) -> str | None:
    """What to write beside it, or None when the centre has confirmed it."""
    return None if is_confirmed(said) else CENTRES_NOTICE_PREVAILS.in_language(lang)
