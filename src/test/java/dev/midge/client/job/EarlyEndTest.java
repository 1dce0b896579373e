package dev.midge.client.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.EngineKind;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Specs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@EachEngine
class EarlyEndTest {

  @Parameter EngineKind engine;

  /** Whoever reads that the client is connected may stop it before the line is out. */
  @Test
  void aClientThatIsStoppedWhileItSaysThatItIsConnectedSaysDisconnect() throws Exception {
    StopSignal stop = new StopSignal();
    Thread[] job = new Thread[1];
    ClientEvents events =
        new ClientEvents() {
          @Override
          public void connected(Connack connack, String clientId) {
            stop.request();
            Awaitility.await()
                .until(() -> job[0].getState() == Thread.State.TIMED_WAITING || !job[0].isAlive());
          }
        };
    try (ScriptedBroker broker = new ScriptedBroker()) {
      Playing<JobResult> conn =
          Playing.of(
              () -> {
                job[0] = Thread.currentThread();
                return new StayConnectedJob(
                        Specs.to(broker.port()).engine(engine).spec(), null, events, stop)
                    .run();
              });
      broker.welcome();

      broker.read(PacketType.DISCONNECT);
      broker.hangUp();
      assertThat(conn.result()).isEqualTo(JobResult.DONE);
    }
  }
}
