"""The two seed CVs are carried whole: each fact that they state is found in the page, and each link can be followed.

The prose of the fixtures is written anew; names, titles, dates, counts, roles and notes are those of the CVs.
"""

from __future__ import annotations

import io

import pypdf
import pytest
from pdf import squeeze
from rendering import render_fixture

HUANG = """
WENXUAN HUANG
黄文轩
someone@example.org
+86-000-0000-0000
GitHub: Osilly
Google Scholar
osilly.github.io
🎓 EDUCATION & INDUSTRY EXPERIENCE
China Three Gorges University
Sep 2019 – Jun 2023
School of Computer Science and Information Technology
Bachelor
East China Normal University
Sep 2023 – present
School of Computer Science and Technology
Advisor: Shaohui Lin
Master (Third-year)
Xiaohongshu
Jun 2024 – present
NLP group
Research Intern
The Chinese University of Hong Kong
May 2025 – present
Advisor: Wanli Ouyang
MMLab
Research Assistant
🧠 RESEARCH INTEREST & PROPOSAL (UP TO 2026/02)
Model Acceleration
AI4Geophysics
[CVPR2024] TokenExpansion, KDFS and [TGRS] G-LA-MAG
Multimodal Large Language Models (MLLMs)
[ICLR2026] Vision-R1: first author and leader
Vision-DeepResearch: first author and leader
Vision-DeepResearch Benchmark (VDR-Bench): co-first author (second), leader and corresponding author
[ICLR2026] IRG: first author
[NeurIPS2025] Actial: co-first author (second) and leader
[ICLR2026] AGILE: co-first author (second)
[ACMMM2025] TimeSoccer: co-first author (second)
LLaVA-RadZ: co-first author (second) and corresponding author
[ICLR2025] Dynamic-LLaVA: first author
[CVPR2024] TokenExpansion: first author
CLIP-Map: co-first author (second)
KDFS: first student author (the first author is my advisor)
[TGRS] G-LA-MAG: first author
CompBench: co-first author (second)
* equal contribution
# project leader
✉ corresponding author
Vision-R1: Incentivizing Reasoning Capability in Multimodal Large Language Models
400+ citations · 700+ stars · in less than a year
First author and project leader
Vision-DeepResearch: Incentivizing DeepResearch Capability in Multimodal Large Language Models
150+ stars · in only one day
Vision-DeepResearch Benchmark: Rethinking Visual and Textual Search for Multimodal Large Language Models
Yu Zeng*, Wenxuan Huang*#✉, Zhen Fang
Co-first author (second), project leader and corresponding author
Interleaving Reasoning for Better Text-to-image Generation
Interleaving Reasoning: Next-Generation Reasoning Systems for AGI
200+ stars
Dynamic-LLaVA: Efficient Multimodal Large Language Models via Dynamic Vision-language Context Sparsification
A General and Efficient Training for Transformer via Token Expansion
An Intelligent First Arrival Picking Method of Microseismic Signals Based on the Small Sample Expansion
IEEE Transactions on Geoscience and Remote Sensing (TGRS, Q1 Top SCI&CCF-B)
Actial: Activate Spatial Reasoning Ability of Multimodal Large Language Models
Xiaoyu Zhan*, Wenxuan Huang*#, Hao Sun*
Co-first author (second) and project leader
Agentic Jigsaw Interaction Learning for Enhancing Visual Perception and Reasoning in Vision-Language Models
TimeSoccer: An End-to-End Multimodal Large Language Model for Soccer Commentary Generation
Single-anchor Dense Video Captioning (SDVC)
Filter Pruning for Efficient CNNs via Knowledge-driven Differential Filter Sampler
major revision; the first author is my advisor
LLaVA-RadZ: Can Multimodal Large Language Models Effectively Tackle Zero-shot Radiology Recognition?
Label in the paper
CompBench: Benchmarking Complex Instruction-guided Image Editing
NeurIPS 2025 score 4444
CLIP-Map: Structured Matrix Adaptation for Parameter-Efficient CLIP Compression
Exploring End-to-End Paradigms for Visual Chinese Grammatical Error Correction
Second author
Feature Sparsification Training Paradigm: Toward Fast and Memory-Efficient General Transformer Training
may submit to TPAMI
Dynamic-MLLM
Weakly Supervised Semantic Segmentation via Progressive Confidence Region Expansion
Rank 1st in undergraduate (1/56)
Yangtze River Power Scholarship
2019 – 2020
National Scholarship (Top 0.2%)
2020 – 2021
“Panshi” Scholarship
2023 – 2024
2024 – 2025
"""
TABLE = """
Papers First Co-first First student Corresponding Lead
Reasoning MLLMs, agentic reasoning MLLMs and agentic RL 6 3 3 – 1 4
Multimodal understanding 2 – 2 – 1 –
Efficient models 4 2 1 1 – –
Others 2 1 1 – – –
Total 14 6 7 1 2 4
"""
LU = """
Xudong Lu
陆徐东
Multimedia Laboratory (MMLab)
The Chinese University of Hong Kong
someone@example.org
Hongsheng Li
2/119
National Scholarship (top 0.2%)
2020, 2021 and 2022
Yonglu Li
Cewu Lu
Junchi Yan
AI for Science (AI4Science)
Feb 2025
CVPR 2025 takes two papers on MLLMs
ICLR 2025 takes two papers
Spotlights
Nov 2024
BlueLM-V-3B
🔥🔥🔥
Jul 2024
ECCV 2024
(Oral)
May 2024
ACL 2024
ICML 2024
Feb 2024
CVPR 2024
(Highlight)
Aug 2023
MMLab of CUHK
Jun 2023
commencement ceremony
Apr 2023
ICML 2023
Mar 2023
HKPFS (Hong Kong PhD Fellowship Scheme)
GenieBlue: Integrating both Linguistic and Multimodal Capabilities for Large Language Models on Mobile Devices
Xudong Lu*, Yinghao Chen*, Renshou Wu*, Haohao Gao
Rethinking Video Tokenization: A Conditioned Diffusion-based Approach
SmartBench: Is Your LLM Truly a Good Chinese Smartphone Assistant?
PointOBB-v3: Expanding Performance Boundaries of Single Point-Supervised Oriented Object Detection
TerDiT: Ternary Diffusion Models with Transformers
BlueLM-V-3B: Algorithm and System Co-Design for Multimodal Large Language Models on Mobile Devices
(CVPR, CCF A), 2025
Paper · 机器之心 (Synced China)
Rethinking and Improving Autoformalization: Towards a Faithful Metric and a Dependency Retrieval-based Approach
(ICLR, Tsinghua A), 2025 · Spotlight · Paper
ThinK: Thinner Key Cache by Query-Driven Pruning
ZoLA: Zero-Shot Creative Long Animation Generation with Short Video Model
(ECCV, Tsinghua A), 2024 · Oral · Paper
Not All Experts are Equal: Efficient Expert Pruning and Skipping for Mixture-of-Experts Large Language Models
SPP: Sparsity-Preserved Parameter-Efficient Fine-Tuning for Large Language Models
From isolated islands to pangea: Unifying semantic space for human action understanding
· Highlight · Paper
QuantumDARTS: Differentiable Quantum Architecture Search for Variational Quantum Algorithms
QAS-Bench: Rethinking Quantum Architecture Search and A Benchmark
The Chinese University of Hong Kong (CUHK)
Aug 2023 – present
Department of Electronic Engineering
Ph.D. Student
Shanghai Jiao Tong University (SJTU)
Aug 2019 – Jun 2023
Department of Computer Science and Engineering
Bachelor
Journal Reviewer: IEEE TCSVT
Conference Reviewer: CVPR, NeurIPS, ICLR, ICCV, ICML
"""
LINKS = {
    "huang": """https://osilly.github.io https://scholar.google.com/citations?user=6Ys6HgsAAAAJ
    https://github.com/Osilly https://arxiv.org/abs/2503.06749
    https://github.com/Osilly/Vision-R1 https://arxiv.org/abs/2601.22060 https://github.com/Osilly/Vision-DeepResearch
    https://arxiv.org/abs/2602.02185 https://arxiv.org/abs/2509.06945
    https://github.com/Osilly/Interleaving-Reasoning-Generation https://github.com/Osilly/Awesome-Interleaving-Reasoning
    https://arxiv.org/abs/2412.00876 https://github.com/Osilly/dynamic_llava https://arxiv.org/abs/2404.00672
    https://github.com/Osilly/TokenExpansion https://ieeexplore.ieee.org/abstract/document/10972295
    https://github.com/Osilly/G-LA-MSG-and-AOG-PSPNet https://arxiv.org/abs/2511.01618
    https://github.com/warmsnow-sh/Actial https://arxiv.org/abs/2510.01304 https://github.com/yuzeng0-0/AGILE
    https://arxiv.org/abs/2504.17365 https://arxiv.org/abs/2307.00198 https://github.com/Osilly/KDFS
    https://arxiv.org/abs/2503.07487 https://arxiv.org/abs/2505.12200 https://github.com/BhJia/CompBench""",
    "lu": "mailto:someone@example.org https://example.org/papers/lu2025bluelm https://example.org/papers/lu2023qasbench",
}
STATED = [
    pytest.param(seed, line, id=f"{seed}-{number}")
    for seed, text in (("huang", HUANG + TABLE), ("lu", LU))
    for number, line in enumerate(text.strip().splitlines(), start=1)
    if line
]


@pytest.mark.parametrize(("seed", "statement"), STATED)
def test_each_statement_is_on_the_page(seed: str, statement: str) -> None:
    text = squeeze(render_fixture(seed, "classic", "weasyprint").text).casefold()
    assert squeeze(statement).casefold() in text


@pytest.mark.parametrize("seed", LINKS)
def test_each_link_of_the_seed_can_be_followed(seed: str) -> None:
    pages = pypdf.PdfReader(io.BytesIO(render_fixture(seed, "classic", "weasyprint").pdf)).pages
    found = {str(a.get_object()["/A"]["/URI"]).rstrip("/") for page in pages for a in page.get("/Annots") or []}
    assert set(LINKS[seed].split()) <= found


def test_every_paper_of_lu_has_its_paper_link() -> None:
    text = render_fixture("lu", "classic", "weasyprint").text
    assert text.count("Paper\n") + text.count("Paper\r") + text.count("Paper ·") >= 14
