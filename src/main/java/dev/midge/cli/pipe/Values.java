package dev.midge.cli.pipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.cli.parse.RawArguments;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Takes the value at which a parser of one object stands, or says what is wrong with it. */
final class Values {
  private static final int SHOWN = 60;
  private static final int MAX_STRING = 65535;

  private final JsonParser json;
  private final Parts parts;
  private final boolean raw;

  /**
   * @param raw whether lone surrogates stand for bytes, as {@link RawArguments} says
   */
  Values(JsonParser json, Parts parts, boolean raw) {
    this.json = json;
    this.parts = parts;
    this.raw = raw;
  }

  /** Returns the line within the object, from 0. */
  int line() {
    return Math.max(0, json.currentLocation().getLineNr() - 1);
  }

  /** Enters the object that the text is. */
  void begin() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw noMessage("it is no JSON object");
    }
  }

  /** Checks that nothing follows the object. */
  void end() throws IOException {
    if (json.nextToken() != null) {
      throw noMessage("more than one JSON object is in it");
    }
  }

  /** Returns a text. */
  String text(String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, "a string");
    }
    return json.getText();
  }

  /** Returns a text that MQTT can carry. */
  String mqttText(String name) throws IOException {
    return checked(name, text(name));
  }

  /** Returns the same text if MQTT can carry it. */
  String checked(String name, String text) throws IOException {
    if (!Utf8.isValid(text) || Utf8.length(text) > MAX_STRING) {
      throw wrong(name, "UTF-8 without control characters, of at most 65535 bytes");
    }
    return text;
  }

  /** Returns the bytes of a text. */
  byte[] bytes(String name) throws IOException {
    String text = text(name);
    if (raw) {
      return RawArguments.bytes(text);
    }
    if (hasLoneSurrogate(text)) {
      throw noMessage("\"" + name + "\" has half a surrogate pair, which is no Unicode");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
        return true;
      }
      i++;
    }
    return false;
  }

  /** Returns the bytes of a text in base64. */
  byte[] base64(String name) throws IOException {
    String text = text(name);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "base64");
    }
  }

  /** Returns bytes that a property can carry. */
  byte[] binary(String name, boolean inBase64) throws IOException {
    byte[] bytes = inBase64 ? base64(name) : bytes(name);
    if (bytes.length > MAX_STRING) {
      throw wrong(name, "of at most 65535 bytes");
    }
    return bytes;
  }

  /** Returns a whole number from 0. */
  long number(String name, long most) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      String digits = json.getText();
      if (digits.length() <= 10 && !digits.startsWith("-") && Long.parseLong(digits) <= most) {
        return Long.parseLong(digits);
      }
    }
    throw wrong(name, "a whole number from 0 to " + most);
  }

  /** Returns true or false, for which mosquitto_sub writes 1 and 0. */
  boolean flag(String name) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token == JsonToken.VALUE_NUMBER_INT && json.getText().matches("[01]")) {
      return json.getText().equals("1");
    }
    throw wrong(name, "true or false");
  }

  /** Returns a time. */
  Instant time(String name) throws IOException {
    Instant time = RecordedTime.parse(json.currentToken().isScalarValue() ? json.getText() : "");
    if (time == null) {
      throw wrong(name, "a time such as 2026-11-29T08:30:00.25Z");
    }
    return time;
  }

  /** Checks that a value stands once. */
  void once(boolean first, String what) throws IOException {
    if (!first) {
      throw noMessage(what + " stands in it twice");
    }
  }

  /** Returns the failure of a value of the wrong kind. */
  IOException wrong(String name, String right) throws IOException {
    return noMessage("\"" + name + "\" is " + shown() + ", and has to be " + right);
  }

  private @Nullable String shown() throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case VALUE_STRING -> "\"" + shortened(json.getText()) + "\"";
      default -> shortened(json.getText());
    };
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "\u2026";
  }

  private IOException noMessage(String why) {
    return parts.noMessage(line(), why);
  }
}
