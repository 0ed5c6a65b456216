# Alpine's Rust links statically. The image keeps a shell, because CI systems run their steps in one.
FROM rust:1.95-alpine AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin rolecall

FROM alpine:3.22
COPY --from=build /src/target/release/rolecall /usr/local/bin/rolecall
COPY LICENSE-APACHE LICENSE-MIT /usr/share/licenses/rolecall/
WORKDIR /manifests
USER nobody
ENTRYPOINT ["rolecall"]
CMD ["--help"]
