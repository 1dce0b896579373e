package dev.midge.cli.console;

import dev.midge.client.job.MessageSink;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** {@code sub --message-rate}: counts messages and tells each second how many came. */
public final class MessageRate implements MessageSink {
  private static final long SECOND = 1000;

  private final AtomicLong count = new AtomicLong();
  private final OutputStream out;

  private MessageRate(OutputStream out) {
    this.out = out;
  }

  /** Starts the clock, on a thread that ends with the program. */
  public static MessageRate start(OutputStream out) {
    MessageRate rate = new MessageRate(out);
    Thread clock = new Thread(rate::tell, "midge-message-rate");
    clock.setDaemon(true);
    clock.start();
    return rate;
  }

  private void tell() {
    try {
      while (true) {
        Thread.sleep(SECOND);
        out.write((count.getAndSet(0) + " msgs/s\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException e) {
      // StandardOutput has told, which ends the job.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void accept(ReceivedMessage message) {
    count.incrementAndGet();
  }
}
