"""The example row of the template. Left in a file that is sent, it is recognised and passed over."""

EXAMPLE_TITLE = "【示例行，填写前请删除】复合地质体盾构掘进参数智能推荐系统"

#: Column name → what the example row says.
EXAMPLE = {
    "external_id": "TT-2026-001",
    "title": EXAMPLE_TITLE,
    "abstract": "针对复合地层盾构掘进依赖人工经验的问题，融合地质勘察与掘进实时数据预测刀盘扭矩与推力，给出可解释的掘进参数建议。"
    "在两条线路共 3.2 公里区间试用，刀具更换次数减少 18%，平均日进尺提高 12%。",
    "keywords": "盾构；掘进参数；智能推荐",
    "field": "软件与人工智能",
    "ipc": "E21D 9/06",
    "category": "应用技术",
    "trl": "7",
    "trl_evidence": "两条线路共 3.2 公里区间的试用报告",
    "indicators": "扭矩预测误差：不大于 8%（同类方法约 15%）",
    "rights": "发明专利 ZL202010123456.2（已授权）",
    "modes": "普通许可；技术服务",
    "price_mode": "面议",
    "completers": "沈禾|教授|云岫大学；陆望舒|副研究员|云岫大学",
    "fiscal_funded": "是",
    "started": "2022-03",
    "finished": "2025-12",
}
