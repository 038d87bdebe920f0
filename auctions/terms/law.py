"""The terms that trading procedures are counted by, each with its legal basis."""

from datetime import date

from auctions.regimes import RULES, Regime
from marketplace.core.legal_basis import LegalBasis, SourceStatus
from marketplace.core.terms import Bound, Term, Unit

_MILLION = 100_000_000  # fen in a million yuan


def _design(text: str, text_en: str) -> LegalBasis:
    return LegalBasis("平台规则", "", text, None, SourceStatus.DESIGN, "Rules of this platform", text_en)


def _decree(text: str, text_en: str) -> LegalBasis:
    return LegalBasis(
        "企业国有资产交易监督管理办法",
        "",
        text,
        date(2016, 6, 24),
        SourceStatus.SECONDARY,
        "Measures on Supervising Trades of State-owned Assets of Enterprises",
        text_en,
    )


def _rules_2009(article: str, text: str, text_en: str) -> LegalBasis:
    return LegalBasis(
        "企业国有产权交易操作规则",
        article,
        text,
        date(2009, 7, 1),
        SourceStatus.SECONDARY,
        "Operating Rules for Trades of State-owned Property Rights (2009, since replaced)",
        text_en,
    )


LISTING_SMALL = Term(
    "listing.lt_1m.days",
    15,
    Unit.DAY,
    Bound.FLOOR,
    _design(
        "挂牌公告不少于十五日，与协议定价公示的期限一致",
        "a listing is open for at least 15 days, as long as a notice of an agreed price",
    ),
)
LISTING_MIDDLE = Term(
    "listing.1m_10m.wd",
    10,
    Unit.WORKDAY,
    Bound.FLOOR,
    _decree(
        "转让底价一百万元以上一千万元以下的资产，信息公告期不少于十个工作日",
        "assets listed at 1 to 10 million yuan are disclosed for at least 10 working days",
    ),
)
LISTING_LARGE = Term(
    "listing.gt_10m.wd",
    20,
    Unit.WORKDAY,
    Bound.FLOOR,
    _decree(
        "转让底价一千万元以上的资产，信息公告期不少于二十个工作日",
        "assets listed above 10 million yuan are disclosed for at least 20 working days",
    ),
)
EXTENSION = Term(
    "listing.extension_wd",
    5,
    Unit.WORKDAY,
    Bound.FLOOR,
    _rules_2009(
        "20",
        "公告载明的，期满未征集到意向方可以延长，每次不少于五个工作日",
        "if announced, a listing without intents is extended by at least 5 working days each time",
    ),
)
SUSPENSION = Term(
    "listing.suspend_max_d",
    30,
    Unit.DAY,
    Bound.CEILING,
    _rules_2009("23", "中止期限一般不超过一个月", "a suspension lasts no more than a month"),
)
LISTING_REST = Term(
    "listing.resume_min_rest_wd",
    10,
    Unit.WORKDAY,
    Bound.FLOOR,
    _rules_2009(
        "23",
        "恢复后继续公告的期限不少于十个工作日",
        "after a suspension at least 10 working days of the listing remain",
    ),
)
REST = Term(
    "trade.resume_min_rest_d",
    3,
    Unit.DAY,
    Bound.FLOOR,
    _design("恢复后至少再留三日", "after a suspension at least three days remain"),
)
APPLICATION_REVIEW = Term(
    "listing.review_wd",
    3,
    Unit.WORKDAY,
    Bound.CEILING,
    LegalBasis(
        "产权交易机构受理规则",
        "",
        "收到转让申请次日起三个工作日内审核",
        None,
        SourceStatus.SECONDARY,
        "Acceptance rules of property exchanges",
        "an application is reviewed within 3 working days from the day after its receipt",
    ),
)
OPINION = Term(
    "listing.eligibility_wd",
    5,
    Unit.WORKDAY,
    Bound.CEILING,
    LegalBasis(
        "产权交易机构资格审查规则",
        "",
        "公告期满后五个工作日内出具资格审查意见",
        None,
        SourceStatus.SECONDARY,
        "Eligibility rules of property exchanges",
        "the opinion on eligibility is given within 5 working days after the listing",
    ),
)
SELLER_REPLY = Term(
    "listing.seller_reply_wd",
    5,
    Unit.WORKDAY,
    Bound.CEILING,
    LegalBasis(
        "产权交易机构资格审查规则",
        "",
        "转让方五个工作日内答复资格审查意见，逾期未答复视为同意",
        None,
        SourceStatus.SECONDARY,
        "Eligibility rules of property exchanges",
        "the seller answers an opinion within 5 working days; silence is consent",
    ),
)
DEPOSIT_PAYMENT = Term(
    "listing.deposit_pay_wd",
    3,
    Unit.WORKDAY,
    Bound.FLOOR,
    _design(
        "取得资格后三个工作日内交纳保证金，以银行到账日为准，逾期视为放弃",
        "the deposit is paid within 3 working days of qualification, by the bank's value date; later is never",
    ),
)
DEPOSIT_REFUND = Term(
    "listing.deposit_refund_wd",
    3,
    Unit.WORKDAY,
    Bound.CEILING,
    _design(
        "受让方确定后三个工作日内退还其他意向方的保证金",
        "deposits of the others are refunded within 3 working days after the buyer is known",
    ),
)
QUOTATION = Term(
    "listing.quotation_wd",
    3,
    Unit.WORKDAY,
    Bound.FLOOR,
    _design("一次报价的时间不少于三个工作日", "sealed quotations are taken for at least 3 working days"),
)
AGREEMENT = Term(
    "listing.agreement_wd",
    5,
    Unit.WORKDAY,
    Bound.EXACT,
    _design(
        "只有一个合格意向方的，五个工作日内以不低于挂牌价的价格报价成交",
        "a sole eligible party offers at least the listing price within 5 working days",
    ),
)
PRIORITY_NOTICE = Term(
    "priority.notify_before_d",
    3,
    Unit.DAY,
    Bound.FLOOR,
    LegalBasis(
        "最高人民法院关于人民法院网络司法拍卖若干问题的规定",
        "16",
        "公告三日前通知优先购买权人（参照）",
        date(2017, 1, 1),
        SourceStatus.VERIFIED,
        "Rules on Judicial Online Auctions (followed as a model)",
        "holders of the right of first refusal are told 3 days before the announcement",
    ),
)
PRIORITY_EXERCISE = Term(
    "priority.exercise_wd",
    3,
    Unit.WORKDAY,
    Bound.FLOOR,
    _design(
        "成交价确定后三个工作日内行使优先购买权，逾期视为放弃",
        "first refusal is exercised within 3 working days after the price is known; silence waives it",
    ),
)
CONTRACT = Term(
    "listing.contract_wd",
    5,
    Unit.WORKDAY,
    Bound.CEILING,
    _design(
        "成交确认后五个工作日内签订合同", "the contract is signed within 5 working days of the confirmation"
    ),
)
STALE_MONTHS = Term(
    "listing.stale_months",
    12,
    Unit.MONTH,
    Bound.CEILING,
    _decree(
        "首次公告起十二个月未征集到受让方的，重新审计、评估和公告",
        "twelve months after the first disclosure without a buyer, audit, appraisal and disclosure start anew",
    ),
)
LIVE_ANNOUNCEMENT = Term(
    "listing.live.announce_d",
    20,
    Unit.DAY,
    Bound.FLOOR,
    LegalBasis(
        "招标拍卖挂牌出让国有建设用地使用权规定",
        "8",
        "至少在挂牌开始日前二十日发布公告（参照）",
        date(2007, 11, 1),
        SourceStatus.SECONDARY,
        "Rules on Tender, Auction and Listing of Land Use Rights (followed as a model)",
        "announced at least 20 days before the listing opens",
    ),
)
LIVE_LISTING = Term(
    "listing.live.open_d",
    10,
    Unit.DAY,
    Bound.FLOOR,
    LegalBasis(
        "招标拍卖挂牌出让国有建设用地使用权规定",
        "18",
        "挂牌时间不少于十日（参照）",
        date(2007, 11, 1),
        SourceStatus.KNOWLEDGE,
        "Rules on Tender, Auction and Listing of Land Use Rights (followed as a model)",
        "the listing is open for at least 10 days",
    ),
)
MOST_EXTENSIONS = 3
DEPOSIT_CAP_BP = 3_000  # of the floor price: practice of exchanges
RELIST_FLOOR_BP = (
    9_000  # of the appraisal, without a new approval (2009 rules art. 21; 国资厅发产权〔2013〕78号)
)
FIRST_INSTALMENT_BP = 3_000  # 企业国有资产交易监督管理办法: at least, and the rest within a year

TERMS = (
    *(
        APPLICATION_REVIEW,
        LISTING_SMALL,
        LISTING_MIDDLE,
        LISTING_LARGE,
        EXTENSION,
        SUSPENSION,
        LISTING_REST,
        REST,
    ),
    *(OPINION, SELLER_REPLY, DEPOSIT_PAYMENT, DEPOSIT_REFUND, QUOTATION, AGREEMENT),
    *(PRIORITY_NOTICE, PRIORITY_EXERCISE, CONTRACT, STALE_MONTHS, LIVE_ANNOUNCEMENT, LIVE_LISTING),
)


def listing_terms(price_fen: int, regime: Regime) -> tuple[Term, ...]:
    """The least lengths of a listing at this price; the longest of them counts.

    Below a million yuan, and for sellers outside the decree, 15 days always stand, so that the file of an achievement
    shows at least as much publicity as a notice of an agreed price.
    """
    if price_fen < _MILLION:
        return (LISTING_SMALL,)
    if price_fen <= 10 * _MILLION:
        return (LISTING_MIDDLE, LISTING_SMALL)
    return (LISTING_LARGE,) if RULES[regime].statutory_period else (LISTING_LARGE, LISTING_SMALL)
