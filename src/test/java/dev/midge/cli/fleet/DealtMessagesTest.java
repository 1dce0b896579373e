package dev.midge.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.source.MessageSource;
import dev.midge.mqtt.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Messages go to the clients in turn, and none is lost with a client that goes. */
class DealtMessagesTest {

  private static MessageSource stream(int count, IOException end) {
    Iterator<Integer> numbers = IntStream.rangeClosed(1, count).iterator();
    return new MessageSource() {
      @Override
      public Message next() throws IOException {
        if (!numbers.hasNext() && end != null) {
          throw end;
        }
        return numbers.hasNext() ? Message.empty(String.valueOf(numbers.next())) : null;
      }

      @Override
      public boolean isStream() {
        return true;
      }
    };
  }

  private static List<String> rest(MessageSource source) throws IOException {
    List<String> topics = new ArrayList<>();
    for (Message message = source.next(); message != null; message = source.next()) {
      topics.add(message.topic());
    }
    return topics;
  }

  @Test
  void eachClientGetsTheNext() throws Exception {
    DealtMessages dealt = new DealtMessages(stream(7, null));
    MessageSource first = dealt.join(UnaryOperator.identity());
    MessageSource second = dealt.join(message -> Message.empty("b" + message.topic()));
    dealt.begin();

    assertThat(rest(second)).containsExactly("b2", "b4", "b6");
    assertThat(rest(first)).containsExactly("1", "3", "5", "7");
    assertThat(dealt.failure()).isNull();
    assertThat(dealt.untaken()).isZero();
  }

  @Test
  void whoTakesMessagesIsCalledWhenThereAreSomeAndAtTheEnd() throws Exception {
    DealtMessages dealt = new DealtMessages(stream(500, null));
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> firstEnd = taken(dealt.join(UnaryOperator.identity()), first);
    CompletableFuture<Void> secondEnd = taken(dealt.join(UnaryOperator.identity()), second);
    dealt.begin();

    CompletableFuture.allOf(firstEnd, secondEnd).get(30, TimeUnit.SECONDS);
    assertThat(first).hasSize(250).startsWith("1", "3").endsWith("499");
    assertThat(second).hasSize(250).startsWith("2", "4").endsWith("500");
  }

  @Test
  void whoTakesNoMoreIsNotCalledAgainAndOthersGetTheRest() throws Exception {
    DealtMessages dealt = new DealtMessages(stream(500, null));
    DealtMessages.Hand tired = dealt.join(UnaryOperator.identity());
    AtomicInteger calls = new AtomicInteger();
    tired.handTo(
        () -> {
          calls.incrementAndGet();
          return false;
        });
    List<String> topics = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> end = taken(dealt.join(UnaryOperator.identity()), topics);
    dealt.begin();
    Awaitility.await().until(() -> calls.get() > 0);
    tired.leave();

    end.get(30, TimeUnit.SECONDS);
    assertThat(topics).hasSize(500);
    assertThat(calls).hasValue(1);
  }

  @Test
  void nobodyWaitsForAStreamThatCannotBeReadForWhateverReason() throws Exception {
    OutOfMemoryError large = new OutOfMemoryError("Java heap space");
    MessageSource broken =
        new MessageSource() {
          @Override
          public Message next() {
            throw large;
          }

          @Override
          public boolean isStream() {
            return true;
          }
        };
    DealtMessages dealt = new DealtMessages(broken);
    CompletableFuture<Void> end =
        taken(dealt.join(UnaryOperator.identity()), new CopyOnWriteArrayList<>());
    dealt.begin();

    end.get(30, TimeUnit.SECONDS);
    assertThat(dealt.failure()).isSameAs(large);
  }

  private static CompletableFuture<Void> taken(DealtMessages.Hand hand, List<String> topics) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    hand.handTo(
        () -> {
          try {
            while (hand.isReady()) {
              topics.add(hand.next().topic());
            }
          } catch (IOException e) {
            end.completeExceptionally(e);
          }
          return !(hand.isOver() && end.complete(null));
        });
    return end;
  }

  @Test
  void whatAClientHasNotTakenGoesToTheOthers() throws Exception {
    DealtMessages dealt = new DealtMessages(stream(1000, null));
    DealtMessages.Hand first = dealt.join(UnaryOperator.identity());
    DealtMessages.Hand second = dealt.join(UnaryOperator.identity());
    dealt.begin();
    // The stream is held up by then: nobody takes anything.
    Awaitility.await().until(() -> first.isReady() && second.isReady());
    first.leave();

    assertThat(rest(second))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).toList());
    assertThat(dealt.untaken()).isZero();
  }

  @Test
  void messagesThatNobodyIsLeftForAreCounted() {
    DealtMessages dealt = new DealtMessages(stream(10, null));
    DealtMessages.Hand only = dealt.join(UnaryOperator.identity());
    dealt.begin();
    Awaitility.await().until(only::isReady);
    only.leave();

    Awaitility.await().until(() -> dealt.untaken() > 0);
  }

  @Test
  void aStreamThatCannotBeReadEndsAllBehindWhatWasRead() throws Exception {
    IOException broken = new IOException("broken");
    DealtMessages dealt = new DealtMessages(stream(2, broken));
    MessageSource first = dealt.join(UnaryOperator.identity());
    MessageSource second = dealt.join(UnaryOperator.identity());
    dealt.begin();

    assertThat(rest(first)).containsExactly("1");
    assertThat(rest(second)).containsExactly("2");
    assertThat(dealt.failure()).isSameAs(broken);
  }
}
