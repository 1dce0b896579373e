package dev.midge.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row of {@code rules.md}.
 *
 * @param id the section of the scope, and the rule's number in it
 * @param tests {@code Class#method}; classes of other packages with the package
 * @param mosquitto {@code agrees}, or {@code differs}, {@code cannot be seen} or {@code not yet}
 *     with the reason
 */
record Row(String id, String rule, List<String> tests, String mosquitto) {

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (String line : text().split("\n")) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 6 && cells[1].strip().matches("\\d.*")) {
        String tests = cells[3].strip();
        rows.add(
            new Row(
                cells[1].strip(),
                cells[2].strip(),
                tests.isEmpty() ? List.of() : List.of(tests.split(",\\s*")),
                cells[4].strip()));
      }
    }
    return rows;
  }

  private static String text() {
    try (InputStream in = Row.class.getResourceAsStream("rules.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classes of rule tests that the table knows. */
  static List<String> topics() {
    return all().stream()
        .flatMap(row -> row.tests().stream())
        .filter(Row::speaksRawMqtt)
        .map(test -> test.substring(0, test.indexOf('#')))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether it is one of this package, which any broker can be tried with. */
  static boolean speaksRawMqtt(String test) {
    return !test.contains(".");
  }

  boolean agrees() {
    return mosquitto.equals("agrees");
  }

  Method method(String test) {
    int hash = test.indexOf('#');
    String name = test.substring(0, hash);
    try {
      Class<?> type = Class.forName(name.contains(".") ? "dev.midge." + name : in(name));
      return Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.getName().equals(test.substring(hash + 1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError(this + ": there is no " + test));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(this + ": there is no " + test, e);
    }
  }

  private static String in(String name) {
    return Row.class.getPackageName() + "." + name;
  }

  @Override
  public String toString() {
    return id + " " + rule;
  }
}
