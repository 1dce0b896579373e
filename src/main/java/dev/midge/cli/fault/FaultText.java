package dev.midge.cli.fault;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.plan.FaultEvent;

/** The line that tells people of a fault that was carried out. */
public final class FaultText {
  private FaultText() {}

  /** Returns the fault, the deeds, the moment, the connection and the time since the start. */
  public static String of(Fault fault, FaultEvent event) {
    StringBuilder deeds = new StringBuilder();
    for (Effect effect : fault.effects()) {
      deeds.append(deeds.isEmpty() ? "" : "; ").append(deed(effect));
    }
    return "Fault "
        + fault.words()
        + ": "
        + deeds
        + ". (At "
        + event.moment()
        + ", connection "
        + event.number()
        + " of "
        + event.connection()
        + ", "
        + event.seconds(3)
        + " s after the start.)";
  }

  private static String deed(Effect effect) {
    return switch (effect.kind()) {
      case CLOSE -> "closed the connection (TCP FIN) without DISCONNECT";
      case RESET -> "reset the connection (TCP RST) without DISCONNECT";
      case FREEZE -> frozen((Effect.Freeze) effect);
      case KILL -> "killing this process";
      case WILL -> "sent DISCONNECT 0x04, which asks for the will";
      case REASON -> "sent " + effect.text().replace("reason:", "the reason ");
      case TRUNCATE -> "sent half of the packet and no more";
      case GARBAGE -> "sent a malformed packet";
      case TAKEOVER -> "a second connection with the same client id has come and gone";
      case BLACKOUT ->
          "nothing is carried for " + ((Effect.Blackout) effect).time().toMillis() + " ms";
      case DELAY -> "bytes are late from now on, " + effect.text();
      case THROTTLE -> "bytes pass slowly from now on, " + effect.text();
      case SLICE -> "bytes pass in small pieces from now on, " + effect.text();
      default -> throw new IllegalStateException(effect.text());
    };
  }

  private static String frozen(Effect.Freeze freeze) {
    return switch (freeze.direction()) {
      case BOTH ->
          "frozen: nothing is read or written any more, the socket stays open until the broker gives up";
      case IN -> "frozen: nothing is read any more, the socket stays open";
      case OUT -> "frozen: nothing is written any more, the socket stays open";
    };
  }
}
