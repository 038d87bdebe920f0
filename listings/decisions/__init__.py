"""Records of collective decisions (集体决策记录): which body decided what, with how many, and the minutes of it."""
