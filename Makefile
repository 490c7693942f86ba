# The only door to this project. Everything it needs is made in .venv/ and .motcua/, nowhere else.
# Chỉ cần Python 3.11+ · Needs only Python 3.11 or newer: make PYTHON=/path/to/python3 … if `python3` is another.

PYTHON ?= python3
DEV := .venv/dev/bin/python
SAM := .venv/sam/bin/python -m samcli
export PYTHONPATH := functions
export SAM_CLI_TELEMETRY := 0

.DEFAULT_GOAL := help
.PHONY: help setup demo up down reset test quick coverage mutation check lint types template contracts schemas rooms bench redrive close sweep replay seed import export deploy lock clean

# For a newcomer: see it run.

help: ## các lệnh · this list
	@for group in "newcomer|Người mới · For a newcomer" "developer|Người phát triển · For a developer" "operator|Người vận hành · For an operator"; do \
	  printf "\n%s\n" "$${group#*|}"; \
	  awk -F':.*## ' -v of="$${group%%|*}" '/^# For / { who = tolower($$0); sub(/^# for (an?|the) /, "", who); sub(/:.*/, "", who) } \
	    /^[a-z]+:.*## / && who == of { printf "  make %-9s %s\n", $$1, $$2 }' Makefile; done

setup: ## chuẩn bị môi trường (các lệnh khác tự gọi) · make the environments (the other verbs do it themselves)
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "✗ Không tìm thấy Python ($(PYTHON)). Hãy cài Python 3.11 trở lên, hoặc: make PYTHON=/đường/dẫn/python3 …" >&2; \
	  echo "  Python ($(PYTHON)) was not found. Install Python 3.11 or newer, or: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@"$(PYTHON)" infra/setup/bootstrap.py dev engine sam

demo: setup ## chạy trọn công việc từ 23/4 đến 3/6/2020 rồi tự kiểm tra · play 23 April to 3 June 2020, then check itself
	@$(DEV) -m infra.demo

up: setup ## chạy hệ thống và giữ nó chạy (Ctrl-C để dừng) · run the system and keep it running (Ctrl-C stops it)
	@$(DEV) -m infra.operate.up

down: setup ## dừng `make up` từ cửa sổ khác · stop `make up` from another shell
	@$(DEV) -m infra.operate.down

reset: setup ## dừng và xoá dữ liệu của `make up` · stop `make up` and delete its data
	@$(DEV) -m infra.operate.down --reset

test: setup ## mọi bài kiểm thử, hoặc một: [ONE=tests/unit/reports/test_target.py] · every test, end to end on the embedded stack too; or one
	@QUICK= $(DEV) -m $(if $(ONE),pytest "$(ONE)" -p no:xdist,infra.lanes)

# For a developer: change it and know that it holds.

quick: setup ## kiểm thử nhanh: unit và infra · tests of the rules, the code and the template
	@QUICK=1 $(DEV) -m pytest -q -n auto --dist loadfile -m "not engine and not thorough" tests/unit tests/infra

check: lint types template contracts test ## tất cả những gì CI chạy · everything that CI runs

lint: setup ## kiểu viết mã, mã thừa · style of the code, and no dead code
	@$(DEV) -m ruff check .
	@$(DEV) -m ruff format --check .
	@$(DEV) -m infra.dead_code

types: setup ## kiểu dữ liệu · types
	@$(DEV) -m mypy

template: setup ## template.yaml: SAM, cfn-lint, checkov
	@"$(PYTHON)" infra/setup/bootstrap.py checkov
	@$(DEV) -m infra.stack.template_checks

contracts: setup ## schemas/, infra/api.yaml khớp với mã, không phá vỡ · both match the code, and break nobody
	@$(DEV) -m infra.contracts --check

schemas: setup ## viết lại hợp đồng, đường dẫn API, mô hình dịch vụ từ mã · write contracts, routes and service models from the code
	@$(DEV) -m infra.contracts
	@$(DEV) -m infra.stack.service_models

rooms: setup ## vẽ lại hình các phòng trong CONTRIBUTING.md từ mã · redraw the picture of the rooms in CONTRIBUTING.md
	@$(DEV) -m infra.rooms.picture

coverage: setup ## những nhánh của functions/ mà kiểm thử chưa qua (unit, infra, handlers) · branches of functions/ that no test takes
	@$(DEV) -m pytest -q -n auto --dist loadfile -m "not engine" --cov --cov-report=term tests/unit tests/infra tests/handlers

mutation: setup ## đổi luật từng chút, xem kiểm thử có phát hiện không: [ONE=target] · change the rules a little: does a test notice?
	@"$(PYTHON)" infra/setup/bootstrap.py mutation
	@$(DEV) -m infra.mutation $(ONE)

bench: setup ## đo tốc độ, in ra tỉ lệ · measure speed, print ratios
	@$(DEV) -m infra.bench

lock: setup ## khoá lại các thư viện ở bản mới nhất · lock every library at its newest version
	@"$(PYTHON)" infra/setup/bootstrap.py lock
	@.venv/lock/bin/python -m infra.setup.lock

clean: down ## dừng `make up`, xoá mọi thứ tạo ra kể cả dữ liệu, trừ các môi trường · delete all that was made, data too, but the environments
	@rm -rf .motcua .aws-sam .pytest_cache .mypy_cache .ruff_cache .hypothesis

# For an operator: run it, here or on AWS.

# On AWS: arm64 and this Python's version, so that the package can be compiled ahead here.
RUNTIME ?= $(shell $(DEV) -c 'import sys; print("python{}.{}".format(*sys.version_info[:2]))' 2>/dev/null)
ARCHITECTURE ?= arm64
deploy: setup ## triển khai lên AWS: PARTNER_URL=https://… [ALARM_EMAIL=…] [SNAPSTART=1] · deploy to AWS
	@test -n "$(PARTNER_URL)" || { echo "✗ Thiếu · Missing: PARTNER_URL=https://…" >&2; exit 1; }
	PATH="$(CURDIR)/.venv/dev/bin:$$PATH" $(SAM) build --parameter-overrides Runtime=$(RUNTIME) Architecture=$(ARCHITECTURE)
	$(DEV) -m infra.stack.bytecode .aws-sam/build $(RUNTIME)
	$(SAM) deploy --parameter-overrides Stage=prod Runtime=$(RUNTIME) Architecture=$(ARCHITECTURE) PartnerUrl=$(PARTNER_URL) $(if $(ALARM_EMAIL),AlarmEmail=$(ALARM_EMAIL)) $(if $(SNAPSTART),SnapStart=r$(shell date -u +%Y%m%d%H%M%S))

seed: setup ## bổ sung những gì còn thiếu từ data/: [AWS=motcua] · add from data/ what the registry lacks
	@$(DEV) -m infra.registry.seed $(if $(AWS),--aws $(AWS))

import: setup ## nhập danh mục từ tệp: FILE=… REASON="…" [KIND=units] [CHECK=1] [AWS=motcua] · import a table of the registry
	@$(DEV) -m infra.registry.importing "$(FILE)" --reason "$(REASON)" $(if $(KIND),--kind $(KIND)) $(if $(CHECK),--check) $(if $(AWS),--aws $(AWS))

export: setup ## xuất danh mục: KIND=units [FORMAT=csv] [FILE=…] [AWS=motcua] · export a table of the registry
	@$(DEV) -m infra.registry.exporting $(KIND) $(if $(FORMAT),--format $(FORMAT)) $(if $(FILE),--file "$(FILE)") $(if $(AWS),--aws $(AWS))

redrive: setup ## chuyển lại thông điệp chết: QUEUE=Routing [AWS=motcua] · put dead messages back into their queue
	@$(DEV) -m infra.operate.redrive $(QUEUE) $(if $(AWS),--aws $(AWS))

close: setup ## chốt tháng bằng tay: PERIOD=2020-05 [MODE=close REASON="…"] [AWS=motcua] · close a month by hand
	@$(DEV) -m infra.operate.close $(PERIOD) $(if $(MODE),--mode $(MODE)) $(if $(REASON),--reason "$(REASON)") $(if $(AWS),--aws $(AWS))

sweep: setup ## rà soát thời hạn bằng tay: [AS_OF=2020-05-07T08:00:00+07:00] [AWS=motcua] · sweep the deadlines by hand
	@$(DEV) -m infra.operate.sweep $(if $(AS_OF),--as-of $(AS_OF)) $(if $(AWS),--aws $(AWS))

replay: setup ## diễn lại sự kiện của mọi hồ sơ, so với trạng thái đang lưu: [AWS=motcua] · replay every dossier's events, compare
	@$(DEV) -m infra.operate.replay $(if $(AWS),--aws $(AWS))
