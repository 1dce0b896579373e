package dev.midge.cli.view;

import dev.midge.cli.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the argument of {@code --decode} or {@code --encode} apart: names with commas between, and
 * {@code protobuf:FILE,TYPE} or {@code protobuf(FILE,TYPE)} among them.
 */
final class ViewWords {
  static final String NAMES =
      "hex, base64, json, cbor, msgpack, protobuf:FILE,TYPE, sparkplug, gzip or zlib";

  private static final String PROTOBUF = "protobuf";

  private final String option;
  private final String word;
  private int at;

  /**
   * One step.
   *
   * @param file empty, but for protobuf
   * @param type empty, but for protobuf
   */
  record Step(String name, String file, String type) {}

  private ViewWords(String option, String word) {
    this.option = option;
    this.word = word;
  }

  /**
   * Returns the steps in their order; their names are not looked at.
   *
   * @param option as it is typed, for complaints
   */
  static List<Step> parse(String option, String word) {
    ViewWords words = new ViewWords(option, word);
    List<Step> steps = new ArrayList<>();
    do {
      steps.add(words.step());
    } while (words.at++ < word.length());
    return steps;
  }

  private Step step() {
    if (!word.startsWith(PROTOBUF, at)) {
      return new Step(upTo(','), "", "");
    }
    at += PROTOBUF.length();
    if (at < word.length() && word.charAt(at) == ':') {
      at++;
      String file = upTo(',');
      at++;
      return protobuf(file, at < word.length() ? upTo(',') : "");
    }
    int end = word.indexOf("),", at);
    if (end < 0 && word.endsWith(")")) {
      end = word.length() - 1;
    }
    if (at == word.length() || word.charAt(at) != '(' || end < 0) {
      throw wrong();
    }
    String inside = word.substring(at + 1, end);
    at = end + 1;
    int comma = inside.lastIndexOf(',');
    return protobuf(
        inside.substring(0, Math.max(comma, 0)), comma < 0 ? "" : inside.substring(comma + 1));
  }

  private Step protobuf(String file, String type) {
    if (file.isEmpty() || type.isEmpty()) {
      throw wrong();
    }
    return new Step(PROTOBUF, file, type);
  }

  private String upTo(char end) {
    int found = word.indexOf(end, at);
    String part = word.substring(at, found < 0 ? word.length() : found);
    at += part.length();
    return part;
  }

  private UsageException wrong() {
    return new UsageException(
        "Error: Invalid " + option + " argument '" + word + "'.",
        ": a file and a type must follow, as in protobuf:sensors.proto,Reading.");
  }
}
