"""Visitors find their service in the words they came with."""

from __future__ import annotations

import threading
import time

import pytest

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.search import SearchIndex, search_services

SENTENCES = """
我想取钱租房 TQ04 | 我租的房子想用公积金交房租 TQ04 | 没有房子能取吗 TQ04 | 房东要押金 TQ04 | 房租 TQ04 | 租 TQ04
给儿子买房能用我的吗 TQ01 | 老公的能用吗 TQ01 | 买了新房想取公积金 TQ01 | 换房 DK02 | 首付不够怎么办 TQ02
暖气费 TQ06 | 水电费能不能取 TQ06 | 听说可以取两万 TQ06 | 交物业费 TQ07 | 停车费 TQ06 | 房子漏水要修 TQ06
家里装修 TQ08 | 农村盖房子 TQ09 | 楼里装电梯 TQ10 | 公租房 TQ05 | 每个月自动打钱 TQ18
我退休了想把钱都取出来 TQ11 | 辞职了怎么取 TQ12 | 下岗 TQ12 | 失业了 TQ12 | 工伤 TQ13 | 低保 TQ14
得了癌症 TQ15 | 我妈生病住院 TQ15 | 移民加拿大 TQ16 | 我爸去世了 TQ17 | 老伴走了 TQ17 | 人不在了公积金怎么取 TQ17
公积金贷款 DK01 | 贷款买房 DK01 | 二手房贷款 DK02 | 商转公 DK03 | 房贷利息太高想换成公积金 DK03
外地的公积金能在这里贷款吗 DK04 | 能贷多少钱 DK05 | 月供多少 DK05 | 利率 DK05 | 想多还一点 DK06 | 提前还款 DK06
还清贷款拿房本 DK07 | 冲还贷 DK08 | 换还款卡 DK09 | 离婚了房贷谁还 DK10 | 还不起房贷了 DK11 | 逾期 DK11
手机号换了收不到验证码 GJ13 | 银行卡换了 GJ13 | 忘记密码 GJ13 | 电话号码变了怎么改 GJ13
把外地公积金转过来 GJ11 | 换工作了要转公积金 GJ11 | 有两个账户 GJ12 | 我是送外卖的能交吗 GJ14 | 个体户 GJ14
公司新开户 GJ01 | 单位改名字了 GJ02 | 调基数 GJ03 | 给新来的员工开户 GJ08 | 又上班了 GJ10 | 公司倒闭 GJ07
公司没给我交公积金 QT02 | 老板不给我交公积金 QT02 | 投诉 QT02 | 法院来冻结 QT03 | 不知道办什么 QT01
看看我有多少钱 CX01 | 打流水 CX01 | 孩子上学要缴存证明 CX04 | 结清证明 CX03 | 去外地买房要证明 CX02
"""
OFFICIAL_NAMES = """
租住商品房提取 TQ04 | 购买自住住房提取 TQ01 | 个人账户封存 GJ09 | 异地转移接续 GJ11 | 汇缴 GJ04 | 补缴 GJ05 | 缓缴 GJ06
"""
LETTERS = """
zf TQ04 | zfqq TQ04 | tx TQ11 | txqq TQ11 | lz TQ12 | mf TQ01 | gsjh GJ13 | zx TQ08 | gjjdk DK01
zufang TQ04 | zu fang TQ04 | ZuFang TQ04 | zufan TQ04 | tuixiu TQ11 | lizhi TQ12 | shoujihao GJ13 | chayue CX01
chonghuandai DK08 | tiqianhuankuan DK06 | dibao TQ14 | woxiangzufang TQ04 | wo yao tui xiu le TQ11 | yuegong DK05
"""
SLIPS = """
zufnag TQ04 | zyfang TQ04 | tuixui TQ11 | tixiu TQ11 | tiqianhaunkuan DK06 | zhuanxiu TQ08 | soujihao GJ13 | cayue CX01
retirment TQ11 | rentt TQ04 | morgage TQ03 | balence CX01 | withdarw rent TQ04
组房 TQ04 | 退修 TQ11 | zu房 TQ04
"""
ENGLISH = """
rent TQ04 | I want to withdraw money for my rent TQ04 | renting an apartment TQ04 | buy a house TQ01 | retirement TQ11
mortgage TQ03 | change my phone number GJ13 | forgot password GJ13 | balance CX01 | lift TQ10 | heating TQ06
how much can I borrow DK05 | second hand DK02 | divorce DK10 | my father died TQ17 | quit my job TQ12 | cancer TQ15
complaint QT02 | self employed GJ14 | overdue DK11 | green card TQ16
"""
WAYS_OF_TYPING = """
TQ04 TQ04 | tq04 TQ04 | tq 04 TQ04 | ｔｑ０４ TQ04 | ＺＦ TQ04 | 租 房 TQ04 | 租房！！！😀 TQ04
《租房》 TQ04 | RENT TQ04
"""


def asked(table: str) -> list[tuple[str, str]]:
    return [
        (query, service)
        for line in table.strip().splitlines()
        for query, service in (entry.strip().rsplit(" ", 1) for entry in line.split("|"))
    ]


def first_three(index: SearchIndex, query: str) -> list[str]:
    return [guide.id for guide in index.find(query, limit=3)]


@pytest.mark.parametrize(("query", "service"), asked(SENTENCES))
def test_everyday_words_lead_to_the_service(index: SearchIndex, query: str, service: str) -> None:
    assert service in first_three(index, query)


@pytest.mark.parametrize(("query", "service"), asked(OFFICIAL_NAMES))
def test_official_names_lead_there_too(index: SearchIndex, query: str, service: str) -> None:
    assert first_three(index, query)[0] == service


@pytest.mark.parametrize(("query", "service"), asked(LETTERS))
def test_pinyin_and_its_initials_lead_to_the_service(index: SearchIndex, query: str, service: str) -> None:
    assert service in first_three(index, query)


@pytest.mark.parametrize(("query", "service"), asked(SLIPS))
def test_one_slip_is_forgiven(index: SearchIndex, query: str, service: str) -> None:
    assert service in first_three(index, query)


@pytest.mark.parametrize(("query", "service"), asked(ENGLISH))
def test_english_leads_to_the_service(index: SearchIndex, query: str, service: str) -> None:
    assert service in first_three(index, query)


@pytest.mark.parametrize(("query", "service"), asked(WAYS_OF_TYPING))
def test_width_case_spaces_and_marks_do_not_matter(index: SearchIndex, query: str, service: str) -> None:
    assert service in first_three(index, query)


def test_each_service_is_found_first_by_its_own_names_and_its_id(catalogue: Catalogue, index: SearchIndex) -> None:
    for guide in catalogue.services:
        for words in (guide.plain_name.zh, guide.official_name.zh, guide.id):
            assert first_three(index, words)[0] == guide.id, words


def test_each_service_is_found_by_its_english_name(catalogue: Catalogue, index: SearchIndex) -> None:
    for guide in catalogue.services:
        assert guide.id in first_three(index, guide.plain_name.en), guide.plain_name.en


def test_what_the_home_screen_suggests_to_type_is_found(index: SearchIndex) -> None:
    assert [first_three(index, words)[0] for words in ("租房", "退休", "换手机号")] == ["TQ04", "TQ11", "GJ13"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "😀😀",
        "？！。",
        "天气预报",
        "今天晚上吃什么",
        "买菜",
        "xyzxyz",
        "qqqqqqqq",
        "12345678",
        "hello world",
        "pizza",
    ],
)
def test_nothing_is_shown_rather_than_something_that_does_not_fit(index: SearchIndex, query: str) -> None:
    assert index.find(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "租" * 100_000,
        "a" * 1_000_000,
        "zu" * 50_000,
        "😀" * 10_000,
        "\x00\u202e租房",
        "%' OR 1=1 --",
        ".*(租|房)+$",
        "é" * 99,
    ],
    ids=["hanzi", "letters", "pinyin", "emoji", "control", "sql", "pattern", "accents"],
)
def test_a_hostile_query_is_harmless_and_quick(index: SearchIndex, query: str) -> None:
    started = time.perf_counter()
    found = index.find(query)

    assert len(found) <= 8
    assert time.perf_counter() - started < 0.25  # a hundred times what it takes, for a busy machine


def test_a_query_takes_less_than_five_milliseconds(index: SearchIndex) -> None:
    queries = [query for query, _ in asked(SENTENCES) + asked(LETTERS) + asked(SLIPS) + asked(ENGLISH)]
    spent = time.thread_time()
    for query in queries:
        index.find(query)

    assert (time.thread_time() - spent) / len(queries) < 0.005


def test_the_list_is_as_long_as_asked_and_no_longer(index: SearchIndex) -> None:
    assert len(index.find("贷款", limit=3)) == 3
    assert index.find("贷款", limit=0) == []
    assert len(index.find("贷款")) == 8


def test_the_same_question_has_the_same_answer(catalogue: Catalogue, index: SearchIndex) -> None:
    assert search_services(catalogue, "贷款") == search_services(index, "贷款") == index.find("贷款")


def test_what_the_hall_renames_is_found_by_its_new_name(catalogue: Catalogue) -> None:
    renamed = catalogue.with_changes({"QT03": {"plain_name": {"zh": "公检法来访", "en": "Officers of the law"}}})

    assert search_services(renamed, "公检法")[0].id == "QT03"
    assert search_services(renamed, "gjf")[0].id == "QT03"


def test_many_visitors_may_search_at_once(index: SearchIndex) -> None:
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(first_three(index, "zufang"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [first_three(index, "zufang")] * 16
