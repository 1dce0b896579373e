package dev.midge.view.json;

import static dev.midge.view.Payloads.hex;
import static dev.midge.view.Payloads.text;
import static dev.midge.view.Payloads.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.view.ViewException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
  @Test
  void numbersLoseNoDigit() throws ViewException {
    assertThat(JsonDocument.read(text("[18446744073709551616,0.1,1e400,{\"a\":true}]")))
        .isEqualTo(
            List.of(
                new BigInteger("18446744073709551616"),
                new BigDecimal("0.1"),
                new BigDecimal("1e400"),
                Map.of("a", true)));
  }

  @Test
  void compactJsonIsOnOneLineWithTheNumbersAsTheyWere() throws ViewException {
    assertThat(
            through(
                JsonDocument::compact,
                text(" { \"a\" : [ 1.50, 1E2, \"\\u00e9\\n\" ],\n\"b\": null } ")))
        .isEqualTo("{\"a\":[1.50,1E2,\"\u00e9\\n\"],\"b\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "[1,]", "1 2", "{} x", "nul", "'a'", "{\"a\":1e99999999999}"})
  void whatIsNoJsonIsRefused(String payload) {
    assertThatThrownBy(() -> JsonDocument.read(text(payload))).isInstanceOf(ViewException.class);
  }

  @Test
  void theReasonIsOneLineWithThePlace() {
    assertThatThrownBy(() -> JsonDocument.compact(text("{\"a\":x}")))
        .hasMessageStartingWith("it is no JSON (character 6): ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertThatThrownBy(() -> JsonDocument.read(hex("22ff22"))).hasMessage("it is not UTF-8");
  }

  @Test
  void itIsReadToADepthOfAThousandAndNoDeeper() throws ViewException {
    assertThat(JsonDocument.read(text("[".repeat(1000) + "]".repeat(1000)))).isNotNull();
    assertThatThrownBy(() -> JsonDocument.read(text("[".repeat(100_000))))
        .isInstanceOf(ViewException.class);
  }

  @Test
  void aNumberOfAMillionDigitsIsRefusedAtOnce() {
    assertThatThrownBy(() -> JsonDocument.read(text("9".repeat(1_000_000))))
        .hasMessage("a number has more than 1000 characters");
  }
}
