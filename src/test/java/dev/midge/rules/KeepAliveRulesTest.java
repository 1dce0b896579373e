package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;

import dev.midge.testing.RawClient;
import dev.midge.testing.Slow;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keep alive, section 6.4; to the nanosecond in {@code KeepAliveTest}. */
@Slow("waits for keep alive")
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class KeepAliveRulesTest extends Rules {

  @Test
  void silenceEndsTheConnection() throws IOException {
    RawClient client = join(hello(V3_1_1, "c").keepAlive(1));
    ends(client);
  }

  @Test
  void silenceEndsTheConnectionAndMqtt5IsTold() throws IOException {
    RawClient client = join(hello(V5, "c").keepAlive(1));
    leaves(client, 0x8d);
  }

  @Test
  void theBrokersIntervalIsInForce() throws IOException {
    given("max_keepalive 1");
    leaves(join(hello(V5, "c").keepAlive(0)), 0x8d);
  }

  @Test
  void zeroMeansNeverAndPacketsKeepAlive() throws IOException {
    RawClient never = join(hello(V5, "n").keepAlive(0));
    RawClient busy = join(hello(V5, "b").keepAlive(4));
    for (int i = 0; i < 5; i++) {
      leaves(join(hello(V5, "c").keepAlive(1)), 0x8d); // a quarter of the time that busy has
      busy.expectNothing();
    }
    never.expectNothing();
  }

  @Test
  void halfASmallPacketIsSilence() throws IOException {
    RawClient client = join(hello(V3_1_1, "c").keepAlive(1));
    client.sendHex("30 64 0001 61 00");
    ends(client);
  }
}
