package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.midge.client.source.PayloadSource;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Lines that come when the test types them; in between whoever reads has to wait. */
final class Typed implements PayloadSource {

  private static final byte[] END = {};

  private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private int typed;
  private boolean ended;

  /** That many lines, one like the other, and then the end. */
  static Typed atOnce(int count) {
    Typed source = new Typed();
    for (int i = 1; i <= count; i++) {
      source.type("line " + i);
    }
    return source.end();
  }

  Typed type(String line) {
    typed++;
    lines.add(line.getBytes(US_ASCII));
    return this;
  }

  Typed end() {
    ended = true;
    lines.add(END);
    return this;
  }

  /** How many lines were taken. */
  int taken() {
    return typed - lines.size();
  }

  /** Tells whether the end was taken too. */
  boolean isEndTaken() {
    return ended && lines.isEmpty();
  }

  /** Waits until all lines have been dealt with, and the next one is waited for. */
  void awaitNextAsked() {
    Awaitility.await().until(() -> asked.get() == typed + 1);
  }

  @Override
  public byte[] next() throws IOException {
    asked.incrementAndGet();
    try {
      byte[] line = lines.take();
      return line == END ? null : line;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean isReady() {
    byte[] next = lines.peek();
    return next != null && next != END;
  }

  @Override
  public boolean isStream() {
    return true;
  }
}
