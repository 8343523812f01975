//! Numbers in running Chinese text (§2): digits in either width, thousands separators, hanzi; and the words around them.
