package dev.midge.broker.core.router;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.SideWork;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.session.Sessions;
import dev.midge.broker.core.topics.Fanout;

/** The parts of a router that all its clients share. */
record ClientContext(
    BrokerObserver observer,
    Timers timers,
    SideWork sideWork,
    MemoryGuard memoryGuard,
    Fanout fanout,
    Sessions sessions,
    ConnectHandler connectHandler,
    PublishHandler publishHandler,
    SubscribeHandler subscribeHandler,
    DisconnectHandler disconnectHandler) {}
