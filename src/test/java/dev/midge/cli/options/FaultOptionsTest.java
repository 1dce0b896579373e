package dev.midge.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultOptionsTest {
  @Test
  void theMomentIsTheEndUnlessToldOtherwise() {
    assertThat(FaultOptions.parse("close")).isEqualTo(new Fault(Effect.CLOSE, new Moment.End()));
    assertThat(FaultOptions.parse("reset@end"))
        .isEqualTo(new Fault(Effect.RESET, new Moment.End()));
  }

  @Test
  void momentsAreReadWithTheirNumbers() {
    assertThat(FaultOptions.parse("freeze@connected"))
        .isEqualTo(new Fault(Effect.FREEZE, new Moment.Connected()));
    assertThat(FaultOptions.parse("kill@publish:12"))
        .isEqualTo(
            new Fault(
                Effect.KILL,
                new Moment.Packets(PacketType.PUBLISH, Direction.OUT, 12, 12, 1, true)));
    assertThat(FaultOptions.parse("will@after:300ms"))
        .isEqualTo(new Fault(Effect.WILL, new Moment.After(Duration.ofMillis(300))));
    assertThat(FaultOptions.parse("will@after:1.5s").moment())
        .isEqualTo(new Moment.After(Duration.ofMillis(1500)));
    assertThat(FaultOptions.parse("will@after:2m").moment())
        .isEqualTo(new Moment.After(Duration.ofMinutes(2)));
  }
}
