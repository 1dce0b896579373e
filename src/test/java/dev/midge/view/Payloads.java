package dev.midge.view;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Payloads of tests. */
public final class Payloads {
  private Payloads() {}

  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Makes the other payload and returns it as text. */
  public static String through(PayloadView view, byte[] payload) throws ViewException {
    return new String(view.of(payload), StandardCharsets.UTF_8);
  }
}
