"""Terms of trades: the lengths the law asks for, and what each procedure lets a seller choose."""
