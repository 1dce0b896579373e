package dev.midge.client.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.Engine;
import dev.midge.client.EngineFactory;
import dev.midge.client.EngineKind;
import dev.midge.client.state.ClientSession;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.Specs;
import dev.midge.testing.WithScriptedBroker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@EachEngine
class SessionSenderTest extends WithScriptedBroker {

  @Parameter EngineKind engine;

  private final Heard heard = new Heard();
  private final ClientSession session = ClientSession.lasting();
  private final SessionSender sender = new SessionSender(session);

  @AfterEach
  void endSession() {
    session.close();
  }

  private ConnectSpec spec() {
    return Specs.to(broker.port()).engine(engine).spec();
  }

  /** Makes engines whose start does not return before the task is done. */
  private static EngineFactory slow(EngineFactory engines, Callable<?> before) {
    return (spec, channel, watch, listener, events) -> {
      Engine engine = engines.create(spec, channel, watch, listener, events);
      InvocationHandler slow =
          (proxy, method, args) -> {
            Object result = method.invoke(engine, args);
            if (method.getName().equals("start")) {
              before.call();
            }
            return result;
          };
      return (Engine)
          Proxy.newProxyInstance(
              Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, slow);
    };
  }

  private Playing<Connection> start(EngineFactory engines) {
    return Playing.of(() -> sender.start(spec(), heard, heard, engines));
  }

  @Test
  void aMessageGoesByTheNewConnectionWhenPacketsComeBeforeTheStartReturns() throws Exception {
    EngineFactory engines = Engines.of(spec(), engine, session);
    Playing<Connection> first = start(engines);
    broker.welcome();
    first.result().opened().get();
    broker.hangUp();
    heard.loss();

    Message message = Message.of("a", new byte[0], Qos.AT_LEAST_ONCE, false);
    Callable<?> send =
        () -> {
          heard.message(); // The engine has looked for messages that earlier connections left.
          return sender.send(message, false);
        };
    Playing<Connection> second = start(slow(engines, send));
    broker.welcome();
    broker.send(new Publish(Message.of("b", new byte[0], Qos.AT_MOST_ONCE, false), false, 0));

    Publish publish = (Publish) broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, publish.packetId()));
    session.inflight().empty().get();
    assertThat(sender.current()).isSameAs(second.result());
    broker.hangUp();
    heard.loss();
  }
}
