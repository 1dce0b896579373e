package dev.midge.cli.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of JSON objects, cut where each ends. */
class JsonObjectsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void objectsEndAtTheirBracketHoweverTheInputComes(int chunk) throws IOException {
    String pretty = "{\n\t\"a\":\t[1, {\"b\":\t\"}\\\"{\"}]\n}";
    String input = "\n{\"x\":1}\n" + pretty + "{}\0{\"y\":\"\\\\\"}\r\n \t{\"z\":\"ä\"}";

    assertThat(objects(input, chunk))
        .containsExactly("{\"x\":1}", pretty, "{}", "{\"y\":\"\\\\\"}", "{\"z\":\"ä\"}");
  }

  @Test
  void thereMayBeNothingOrABlankOrAByteOrderMark() throws IOException {
    assertThat(objects("", 1)).isEmpty();
    assertThat(objects("\n \n", 1)).isEmpty();
    assertThat(objects("\uFEFF{}", 1)).containsExactly("{}");
  }

  @Test
  void anObjectMayBeLargerThanTheBufferAndSmallOnesFollowIt() throws IOException {
    String large = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";

    assertThat(objects("{}" + large + "\n{}" + large, 5000))
        .containsExactly("{}", large, "{}", large);
  }

  @Test
  void itTellsWhetherTheNextObjectIsThere() throws IOException {
    JsonObjects objects =
        new JsonObjects(new ByteArrayInputStream("{\"a\":1}{}\n{".getBytes(UTF_8)), "x");

    assertThat(objects.isReady()).as("before anything is read").isFalse();
    objects.next();
    assertThat(objects.isReady()).isTrue();
    objects.next();
    assertThat(objects.isReady()).as("an object without an end").isFalse();
  }

  @Test
  void itTellsTheLineOfAnObject() throws IOException {
    JsonObjects objects =
        new JsonObjects(
            new ByteArrayInputStream("{}\n\n{\n\n}{}\n{}".getBytes(UTF_8)), "the standard input");
    List<String> places = new ArrayList<>();
    while (objects.next() != null) {
      places.add(objects.place(0));
    }

    assertThat(places)
        .containsExactly(
            "Line 1 of the standard input",
            "Line 3 of the standard input",
            "Line 5 of the standard input",
            "Line 6 of the standard input");
  }

  @Test
  void whatIsNoObjectIsFoundWithoutReadingOn() {
    fails("{}\n[1]\n", "Line 2 of x is no message: it has to begin with {");
    fails("{}\n{\"a\":1\n{\"b\":1}", "Line 2 of x is no message: it has no } before the next");
    fails("{\"a\":1\n\"b\":2}", "Line 2 of x is no message: a comma, a colon or a } is missing");
    fails("{\"a\":\"b\n{}", "Line 1 of x is no message: a string has no \" at its end");
    fails("{\"a\":\"b\u0001\"}", "Line 1 of x is no message: a string has a control character");
    fails("\n{\"a\":1\n", "Line 2 of x is no message: the input ends before the object does");
  }

  private static void fails(String input, String start) {
    assertThatThrownBy(() -> objects(input, 3))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(start);
  }

  private static List<String> objects(String input, int chunk) throws IOException {
    JsonObjects objects = new JsonObjects(slowly(input, chunk), "x");
    List<String> all = new ArrayList<>();
    for (byte[] each = objects.next(); each != null; each = objects.next()) {
      all.add(new String(each, UTF_8));
    }
    return all;
  }

  /** Gives at most so many bytes at once. */
  static InputStream slowly(String input, int chunk) {
    return new ByteArrayInputStream(input.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, chunk));
      }
    };
  }
}
