package dev.midge.bench;

/** The words of a command line, which come in pairs: an option and its value. */
final class Words {
  private Words() {}

  /** Returns the value of the option at that place. */
  static String value(String[] words, int option) {
    if (option + 1 == words.length) {
      throw unknown(words[option]);
    }
    return words[option + 1];
  }

  /** Returns the complaint about a word that is no option, or has no value. */
  static IllegalArgumentException unknown(String word) {
    return new IllegalArgumentException("what is " + word + "?");
  }
}
