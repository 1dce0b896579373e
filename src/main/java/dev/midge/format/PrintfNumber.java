package dev.midge.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as C's printf writes them: rounded from the exact binary value. */
final class PrintfNumber {
  private PrintfNumber() {}

  /** As {@code %.Nf}. */
  static void fixed(double value, int decimals, ByteBuilder out) {
    if (Double.doubleToRawLongBits(value) < 0) {
      out.put('-'); // of -0 and of nan too
    }
    if (Double.isNaN(value)) {
      out.put("nan");
    } else if (Double.isInfinite(value)) {
      out.put("inf");
    } else {
      BigDecimal exact = new BigDecimal(Math.abs(value));
      out.put(exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString());
    }
  }

  /** As {@code %1.15g}, or as {@code %1.17g} where the former would be another number. */
  static void general(double value, ByteBuilder out) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact.round(new MathContext(15, RoundingMode.HALF_EVEN));
    if (rounded.doubleValue() == value) {
      general(value, rounded, 15, out);
    } else {
      general(value, exact.round(new MathContext(17, RoundingMode.HALF_EVEN)), 17, out);
    }
  }

  private static void general(double value, BigDecimal rounded, int precision, ByteBuilder out) {
    if (Double.doubleToRawLongBits(value) < 0) {
      out.put('-');
    }
    BigDecimal shortest = rounded.abs().stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (shortest.signum() == 0 || (exponent >= -4 && exponent < precision)) {
      out.put(shortest.toPlainString());
      return;
    }
    String digits = shortest.unscaledValue().toString();
    out.put(digits, 0, 1);
    if (digits.length() > 1) {
      out.put('.');
      out.put(digits, 1, digits.length());
    }
    out.put(exponent < 0 ? "e-" : "e+");
    out.putNumber(Math.abs(exponent), 2, '0');
  }
}
