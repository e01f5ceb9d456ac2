# The front door. Everything real is in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup build demo pictures test bench bench-frames bench-debris bench-sweep bench-workers format lint arm64 fuzz soak clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: ## install what is missing and find or fetch the engine
	@tools/setup build

build: ## build the extension (release)
	@tools/setup build
	@tools/build release --target=cutout_gdextension

demo: ## see objects shatter: the showcase, in a window or (no display) as pictures
	@tools/demo

pictures: ## draw the pictures of every pattern in the docs anew
	@tools/pictures

test: ## build everything and run every test and check
	@tools/test

bench: ## the kernel against the usual way (Delaunay + Clipper2): build/bench/kernel.csv and a table
	@tools/bench

bench-frames: ## frame intervals while polygons are fractured, against idle ones: a CSV and a picture
	@tools/bench_frames

bench-debris: ## what pieces in the world cost the main thread and the frames: a CSV and a table
	@tools/bench_debris

bench-sweep: ## how time grows with points, sites and pieces: a CSV and a picture
	@tools/bench_sweep

bench-workers: ## measure the frame interval with busy workers, normal against lowered priority
	@tools/bench_workers

format: ## format the C++ sources
	@tools/setup format
	@tools/format

lint: ## clang-tidy over the rooms
	@tools/setup lint
	@tools/build release
	@tools/check_tidy

arm64: ## the same bits on x86-64 and (under emulation) on arm64, at -O0 and -O3
	@tools/same_bits

fuzz: ## coverage-guided fuzzing of the kernel under sanitizers (SECONDS=300)
	@tools/fuzz $(or $(SECONDS),300)

soak: ## random fractures, the batch tests under the thread sanitizer (SOAK_SECONDS=300), a storm in the engine (SOAK_JOBS=1000000)
	@tools/soak $(or $(SOAK_SECONDS),300)

clean: ## remove what the build made (not the engine in the cache folder)
	@rm -rf build project/.godot
	@rm -f project/addons/cutout/bin/libcutout.*
