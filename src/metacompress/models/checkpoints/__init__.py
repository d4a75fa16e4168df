"""Bare RoBERTa state dicts with a tokenizer beside them, as the programs of the field save them.

CodeXGLUE's programs, and the distillation techniques that build on them, save the state dict of
a wrapper module. What it does not hold (number of heads, special tokens, which program goes
where) is convention, unless a config.json stands beside it:

- vulnerability prediction: a RobertaForSequenceClassification under the prefix ``encoder.``;
  column 0 is the vulnerable class;
- clone detection: the two programs are encoded one by one with a RobertaModel under
  ``encoder.`` or, in a RobertaForSequenceClassification whose own head is not used, under
  ``encoder.roberta.``; the vectors of both ``<s>`` are joined and classified by ``classifier.``;
  class 1 is a clone.

Weights in the Hugging Face layout of a RobertaForSequenceClassification are read as well.
"""
