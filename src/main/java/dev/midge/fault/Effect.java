package dev.midge.fault;

import dev.midge.mqtt.ReasonCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The effect of a fault on a connection. {@link EffectKind} has the words and tells what each does.
 */
public sealed interface Effect {
  Effect CLOSE = new Plain(EffectKind.CLOSE);
  Effect RESET = new Plain(EffectKind.RESET);
  Effect FREEZE = new Freeze(Direction.BOTH);
  Effect KILL = new Plain(EffectKind.KILL);
  Effect WILL = new Plain(EffectKind.WILL);

  EffectKind kind();

  /** Returns the effect as a user writes it. */
  default String text() {
    return kind().word();
  }

  /** An effect without an argument. */
  record Plain(EffectKind kind) implements Effect {}

  /** That direction carries nothing any more. */
  record Freeze(Direction direction) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.FREEZE;
    }

    @Override
    public String text() {
      return switch (direction) {
        case BOTH -> "freeze";
        case IN -> "freeze:in";
        case OUT -> "freeze:out";
      };
    }
  }

  /**
   * A packet with that reason.
   *
   * @param code 0 to 255
   */
  record Reason(int code) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.REASON;
    }

    @Override
    public String text() {
      return "reason:" + ReasonCode.hex(code);
    }
  }

  /**
   * An answer that refuses.
   *
   * @param code null for the one that suits the packet
   */
  record Nack(@Nullable Integer code) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.NACK;
    }

    @Override
    public String text() {
      return code == null ? "nack" : "nack:" + ReasonCode.hex(code);
    }
  }

  /**
   * A connection that is not accepted.
   *
   * @param tcp whether it is cut before anything is read
   */
  record Refuse(boolean tcp) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.REFUSE;
    }

    @Override
    public String text() {
      return tcp ? "refuse:tcp" : "refuse";
    }
  }

  /** Both directions carry nothing for so long. */
  record Blackout(Duration time) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.BLACKOUT;
    }

    @Override
    public String text() {
      return "blackout:" + Durations.text(time);
    }
  }

  /**
   * Latency.
   *
   * @param jitter at most {@code time}: each delay is that much shorter or longer at most
   */
  record Delay(Duration time, Duration jitter) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.DELAY;
    }

    @Override
    public String text() {
      return "delay:"
          + Durations.text(time)
          + (jitter.isZero() ? "" : "±" + Durations.text(jitter));
    }
  }

  /**
   * Bandwidth.
   *
   * @param bytesPerSecond of each direction, at least 1
   */
  record Throttle(long bytesPerSecond) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.THROTTLE;
    }

    @Override
    public String text() {
      return "throttle:" + bytesPerSecond + "/s";
    }
  }

  /**
   * Writes of so many bytes at most.
   *
   * @param bytes at least 1
   * @param pause between two writes; zero for none
   */
  record Slice(int bytes, Duration pause) implements Effect {
    @Override
    public EffectKind kind() {
      return EffectKind.SLICE;
    }

    @Override
    public String text() {
      return "slice:" + bytes + (pause.isZero() ? "" : ":" + Durations.text(pause));
    }
  }
}
