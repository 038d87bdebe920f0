"""Which regime applies to a deal: who sells decides how it may be priced, who approves, what must be appraised.

Sources: 促进科技成果转化法 art. 18; 企业国有资产法 arts. 54-56; 行政事业性国有资产管理条例 art. 23; 财政部令第100号;
企业国有资产交易监督管理办法; for everybody else the civil law.
"""

from dataclasses import dataclass
from enum import StrEnum, unique

from marketplace.core.phrases import Phrase


@unique
class Nature(StrEnum):
    """What the seller is."""

    STATE_INSTITUTION = "state_institution"  # 国家设立的研究开发机构、高等院校
    STATE_ENTERPRISE = "state_enterprise"  # 国有及国有控股企业
    PRIVATE = "private"


@unique
class Regime(StrEnum):
    """Which body of rules sets the floors."""

    STATE_RD = "state_rd"
    SOE_ASSET = "soe_asset"
    PRIVATE = "private"
    MIXED = "mixed"


@dataclass(frozen=True)
class RegimeRules:
    """What a regime asks for. `appraised`: the first price may not lie below an appraisal, which must exist."""

    words: Phrase
    why: Phrase
    pricing: Phrase
    approval: Phrase
    appraisal: Phrase
    appraised: bool
    statutory_period: bool


NATURES = {
    Nature.STATE_INSTITUTION: Phrase(
        "国家设立的研究开发机构或高等院校", "State-founded institute or university"
    ),
    Nature.STATE_ENTERPRISE: Phrase("国有及国有控股企业", "State-owned or state-controlled enterprise"),
    Nature.PRIVATE: Phrase("民营企业或其他主体", "Private firm or other holder"),
}

RULES = {
    Regime.STATE_RD: RegimeRules(
        Phrase("高校院所科技成果", "Achievement of a state institution"),
        Phrase(
            "出让方是国家设立的研究开发机构或高等院校（促进科技成果转化法第十八条）",
            "the seller is a state-founded institute or university (Transformation Law, art. 18)",
        ),
        Phrase(
            "协议定价并公示、在技术交易市场挂牌、拍卖等方式",
            "agreement with notice, listing, auction and the like",
        ),
        Phrase(
            "单位自主决定；涉及国家秘密、国家安全的报主管部门审批",
            "the unit decides itself, unless state secrets or national security are concerned",
        ),
        Phrase(
            "是否评估由单位决定；作价投资应当评估（公司法第四十八条）",
            "the unit decides whether to appraise; a capital contribution must be appraised (Company Law, art. 48)",
        ),
        appraised=False,
        statutory_period=False,
    ),
    Regime.SOE_ASSET: RegimeRules(
        Phrase("企业国有资产", "State-owned asset of an enterprise"),
        Phrase(
            "出让方是国有及国有控股企业（企业国有资产法第五十四条）",
            "the seller is a state-owned enterprise (Law on State-owned Assets of Enterprises, art. 54)",
        ),
        Phrase(
            "进场公开交易；两个以上受让方的竞价确定",
            "public trading on a market; two or more buyers compete by price",
        ),
        Phrase(
            "企业内部决策；低于评估结果百分之九十须经批准",
            "internal decision; below 90% of the appraisal, approval",
        ),
        Phrase("首次挂牌价不低于评估结果", "the first price is not below the appraised value"),
        appraised=True,
        statutory_period=True,
    ),
    Regime.PRIVATE: RegimeRules(
        Phrase("一般民事主体", "Civil law"),
        Phrase("出让方不涉及国有资产", "no state-owned asset is concerned"),
        Phrase("当事人自主决定", "as the parties wish"),
        Phrase("无须审批", "no approval"),
        Phrase("无须评估", "no appraisal"),
        appraised=False,
        statutory_period=False,
    ),
    Regime.MIXED: RegimeRules(
        Phrase("单位与完成人共有", "Owned jointly with the completers"),
        Phrase(
            "成果已赋权，权利由单位与完成人共有；按最严格的共有人适用规则，并须全体共有人同意（专利法第十四条）",
            "after a grant the unit and its completers are co-owners: the strictest rules apply, and all must consent "
            "(Patent Law, art. 14)",
        ),
        Phrase(
            "协议定价并公示、在技术交易市场挂牌、拍卖等方式",
            "agreement with notice, listing, auction and the like",
        ),
        Phrase("单位自主决定，全体共有人同意", "the unit decides itself, all co-owners consent"),
        Phrase("是否评估由共有人决定", "the co-owners decide whether to appraise"),
        appraised=False,
        statutory_period=False,
    ),
}


def regime_of(nature: Nature, *, shared: bool) -> Regime:
    """The regime of a deal. `shared`: the title belongs to the unit and its completers together.

    A state-owned enterprise stays under its own, stricter rules when it shares the title.
    """
    if nature is Nature.STATE_ENTERPRISE:
        return Regime.SOE_ASSET
    if shared:
        return Regime.MIXED
    return Regime.STATE_RD if nature is Nature.STATE_INSTITUTION else Regime.PRIVATE
