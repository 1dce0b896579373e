package dev.midge.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.Endpoint.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An endpoint that is handed to another process arrives there with every setting. */
class EndpointTest {
  private static final AtomicInteger QUESTIONS = new AtomicInteger();

  /** Differs from a plain one in every component, so that none can be lost unnoticed. */
  private static Endpoint full() {
    Supplier<char[]> person =
        () -> {
          QUESTIONS.incrementAndGet();
          return "open".toCharArray();
        };
    return new Endpoint(
        Transport.WEBSOCKET,
        "broker.test",
        8081,
        "192.0.2.7",
        new TlsSpec("ca", "dir", true, "cert", "key", person, "mqtt", "tlsv1.3", "A:B", true),
        new ProxySpec("proxy.test", 1080, "ann", "pass"));
  }

  private static Endpoint elsewhere(Endpoint endpoint) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(endpoint);
    return (Endpoint)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  static Stream<RecordComponent> settings() {
    return Stream.of(Endpoint.class, TlsSpec.class, ProxySpec.class)
        .flatMap(each -> Stream.of(each.getRecordComponents()));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void eachSettingArrives(RecordComponent setting) throws Exception {
    Endpoint sent = full().handedOver();
    Object before = value(setting, sent);
    Object plain = value(setting, plain());
    assertThat(before).as("the setting is not the usual one").isNotEqualTo(plain);

    assertThat(value(setting, elsewhere(sent))).isEqualTo(before);
  }

  private static Endpoint plain() {
    return new Endpoint(
        Transport.TCP,
        "localhost",
        1883,
        null,
        new TlsSpec(null, null, false, null, null, null, null, null, null, false),
        new ProxySpec("localhost", 0, null, null));
  }

  /** Returns the setting as something that has the same value in another process. */
  private static Object value(RecordComponent setting, Endpoint in) throws Exception {
    Object owner =
        setting.getDeclaringRecord() == TlsSpec.class
            ? in.tls()
            : setting.getDeclaringRecord() == ProxySpec.class ? in.proxy() : in;
    return comparable(setting.getAccessor().invoke(owner));
  }

  private static Object comparable(Object value) throws Exception {
    if (value instanceof Supplier<?> passphrase) {
      return new String((char[]) passphrase.get());
    }
    if (value instanceof Record record) {
      List<Object> parts = new ArrayList<>();
      for (RecordComponent part : record.getClass().getRecordComponents()) {
        parts.add(comparable(part.getAccessor().invoke(record)));
      }
      return parts;
    }
    return value;
  }

  @Test
  void theAnswerOfAPersonIsHandedOverAndNotAskedForAgain() throws Exception {
    Endpoint sent = full().handedOver();
    int before = QUESTIONS.get();
    assertThat(sent.tls().passphrase().get()).containsExactly('o', 'p', 'e', 'n');
    Endpoint there = elsewhere(sent);

    assertThat(there.tls().passphrase().get()).containsExactly('o', 'p', 'e', 'n');
    assertThat(sent.tls().passphrase().get()).containsExactly('o', 'p', 'e', 'n');
    assertThat(QUESTIONS.get()).isEqualTo(before + 1);
  }

  @Test
  void aPassphraseThatNobodyNeededIsNotAskedFor() throws Exception {
    int before = QUESTIONS.get();
    Endpoint there = elsewhere(full().handedOver());

    assertThat(QUESTIONS.get()).isEqualTo(before);
    assertThat(there.tls().passphrase().get()).isNull();
  }

  @Test
  void withoutAPassphraseAnEndpointIsEqualToItself() throws Exception {
    Endpoint plain = plain();
    assertThat(plain.handedOver()).isSameAs(plain);
    assertThat(elsewhere(plain)).isEqualTo(plain);
  }
}
