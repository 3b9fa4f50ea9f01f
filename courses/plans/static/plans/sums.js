// The sums of the plan, worked out while somebody types: the same as courses/plans/rules, in whole cents. The server's figures
// are the truth; a test holds the two together on random plans. Money is BigInt cents, a percentage BigInt hundredths.
const MONTHS = 12;
const RUNNING = ["owner_pay", "staff_pay", "rent", "marketing", "utilities", "maintenance", "insurance", "registration", "other"];
const KIND_OF_TABLE = { tools: "tools", vehicles: "vehicle", furniture: "tools", premises: "fit_out" };
const ROWS = { products: 8, assets: 10, staff: 8 };
const NUMBER = /^(?:(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?|\.(\d+))$/;

// The digits before and behind the point of what somebody typed; null where it is no number of 0 or more.
const digitsOf = (typed) => {
  const text = typed.normalize("NFKC").trim().replaceAll("。", ".").replace(/^¥/, "").replace(/元$/, "").replace(/%$/, "").trim();
  const found = NUMBER.exec(text);
  return found && [(found[1] ?? "0").replaceAll(",", ""), found[2] ?? found[3] ?? ""];
};

// What somebody typed, in hundredths, half up; null where it is no number of 0 or more.
export const read = (typed) => {
  const found = digitsOf(typed.trim().replace(/月$/, ""));
  if (!found) return null;
  const [whole, decimals] = found;
  const cents = BigInt(whole) * 100n + BigInt(`${decimals}00`.slice(0, 2));
  return decimals[2] >= "5" ? cents + 1n : cents;
};

// Whether the server will store what was typed in a number field; `rule`: its data-kind, data-least, data-most.
export const stands = (typed, { kind, least, most }) => {
  const found = digitsOf(kind === "month" ? typed.trim().replace(/月$/, "") : typed);
  if (!found) return typed.trim() === "";
  const [whole, decimals] = found;
  if ((kind === "count" || kind === "month") && /[1-9]/.test(decimals)) return false;
  const exact = BigInt(whole + decimals) * 100n;
  const ten = 10n ** BigInt(decimals.length);
  return exact >= (read(least) ?? 0n) * ten && exact <= read(most) * ten;
};

// "-148350" → "−1,483.50"
export const printed = (cents) => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${cents < 0n ? "\u2212" : ""}${whole}.${digits.slice(-2)}`;
};

// Half up, below nought away from it.
const divided = (amount, by) => {
  const half = (2n * (amount < 0n ? -amount : amount) + by) / (2n * by);
  return amount < 0n ? -half : half;
};
const none = () => new Array(MONTHS).fill(0n);
const total = (amounts) => amounts.reduce((sum, one) => sum + one, 0n);
const added = (rows) => none().map((_nothing, month) => total(rows.map((row) => row[month])));
const less = (first, second) => first.map((amount, month) => amount - second[month]);
const inMonth = (amount, number) => none().map((_nothing, month) => (month + 1 === number ? amount : 0n));
const later = (amounts, months) => amounts.map((_one, month) => (month - months >= 0 ? amounts[month - months] : 0n));
const shareOf = (amounts, hundredths) => amounts.map((one) => divided(one * hundredths, 10000n));
const rowsOf = (count) => Array.from({ length: count }, (_nothing, place) => String(place + 1));

class Values {
  constructor(values) {
    this.values = values;
  }

  text(path) {
    return this.values[path] ?? "";
  }

  amount(path, otherwise = 0n) {
    return this.text(path) ? (read(this.text(path)) ?? 0n) : otherwise;
  }

  count(path, otherwise = 0) {
    return this.text(path) ? Number(this.amount(path) / 100n) : otherwise;
  }

  months(row, otherwise = 0n) {
    return none().map((_nothing, month) => this.amount(`${row}.m${month + 1}`, otherwise));
  }

  staffPay(owner) {
    return total(rowsOf(ROWS.staff).map((row) => {
      const post = `organisation.staff.${row}`;
      if ((this.text(`${post}.owner`) === "yes") !== owner) return 0n;
      return BigInt(this.count(`${post}.count`)) * this.amount(`${post}.monthly_pay`);
    }));
  }

  running(code) {
    const follows = { owner_pay: true, staff_pay: false };
    return this.amount(`capital.running.${code}.amount`, code in follows ? this.staffPay(follows[code]) : 0n);
  }

  costs(code) {
    const once = code === "registration";
    const months = this.months(`profit.costs.${code}`, once ? 0n : this.running(code));
    if (once && !this.text("profit.costs.registration.m1")) months[0] = this.running(code);
    return months;
  }
}

const assetsOf = (values, local) => {
  const found = [];
  for (const [table, usual] of Object.entries(KIND_OF_TABLE)) {
    for (const row of rowsOf(ROWS.assets)) {
      const thing = `assets.${table}.${row}`;
      const kind = values.text(`${thing}.kind`) || usual;
      const life = values.count(`${thing}.life`, Number((read(String(local[`life_${kind}`] ?? "0")) ?? 0n) / 100n));
      const amount = BigInt(values.count(`${thing}.quantity`)) * values.amount(`${thing}.unit_price`);
      const lost = life > 0 ? divided(amount * (10000n - values.amount("assets.residual")), 10000n * BigInt(life)) : 0n;
      found.push({ row: `${table}.${row}`, amount, lost, paidIn: values.count(`${thing}.paid_in`, 1) });
    }
  }
  return found;
};

const loanOf = (values) => {
  let left = values.amount("cash.loan");
  const [rate, part] = [values.amount("cash.loan_rate"), values.amount("cash.repayment")];
  const from = values.count("cash.repaid_from", 1);
  const interest = [];
  const repaid = [];
  for (let month = 1; month <= MONTHS; month += 1) {
    const now = month >= from ? (part < left ? part : left) : 0n;
    interest.push(divided(left * rate, 120000n));
    repaid.push(now);
    left -= now;
  }
  return { interest, repaid };
};

const vatOf = (sales, values, local) => {
  const says = values.text("profit.pays_vat");
  const rate = read(String(local.vat_rate ?? "0")) ?? 0n;
  const below = read(String(local.vat_exempt_below ?? "0")) ?? 0n;
  const due = (amount) => (says === "yes" || says === "no" ? says === "yes" : amount > below);
  return sales.map((amount) => (due(amount) ? divided(amount * rate, 10000n + rate) : 0n));
};

// Every row of the two tables, by its code: twelve cells each. `texts`: what is written, by path; `local`: values of the place.
export const tables = (texts, local) => {
  const values = new Values(texts);
  const products = rowsOf(ROWS.products).map((row) => {
    const written = `marketing.products.${row}`;
    const prices = values.months(`forecast.price.${row}`, values.amount(`${written}.selling_price`));
    const counts = prices.map((_price, month) => BigInt(values.count(`forecast.quantity.${row}.m${month + 1}`)));
    const material = values.amount(`${written}.cost_price`);
    return { row, sales: counts.map((count, month) => count * prices[month]), spent: counts.map((count) => count * material) };
  });
  const assets = assetsOf(values, local);
  const loan = loanOf(values);
  const rows = { sales: added(products.map((one) => one.sales)), materials: added(products.map((one) => one.spent)) };
  rows.vat = vatOf(rows.sales, values, local);
  rows.net_sales = less(rows.sales, rows.vat);
  for (const code of RUNNING) rows[code] = values.costs(code);
  rows.depreciation = none().fill(divided(total(assets.map((one) => one.lost)), 12n));
  rows.interest = loan.interest;
  rows.once = inMonth(values.amount("capital.other_once"), 1);
  const running = RUNNING.map((code) => rows[code]);
  rows.total_costs = added([...running, rows.depreciation, rows.interest, rows.once, rows.materials]);
  rows.profit = less(rows.net_sales, rows.total_costs);
  rows.taxes = added([values.months("profit.taxes.income_tax"), values.months("profit.taxes.other_tax")]);
  rows.net_income = less(rows.profit, rows.taxes);
  const cash = cashOf(values, rows, running, assets, loan);
  return { rows, cash, assets, products, values };
};

const cashOf = (values, rows, running, assets, loan) => {
  const credit = shareOf(rows.sales, values.amount("marketing.credit_share"));
  const owed = shareOf(rows.materials, values.amount("cash.purchase_credit_share"));
  const cash = {
    cash_sales: less(rows.sales, credit),
    collected: later(credit, values.count("marketing.credit_lag", 1)),
    cash_purchases: less(rows.materials, owed),
    paid_purchases: later(owed, values.count("cash.purchase_credit_lag", 1)),
    principal: loan.repaid,
    equipment: added(assets.map((one) => inMonth(one.amount, one.paidIn))),
    deposit: inMonth(values.amount("capital.deposit"), 1),
    taxes: added([rows.vat, rows.taxes]),
    other_in: values.months("cash.others.other_in"),
    other_out: values.months("cash.others.other_out"),
  };
  const start = ["own_money", "family_money", "grants", "loan"].map((code) => values.amount(`cash.${code}`));
  cash.total_in = added([cash.cash_sales, cash.collected, inMonth(total(start), 1), cash.other_in]);
  cash.total_out = added([
    cash.cash_purchases, cash.paid_purchases, ...running, rows.once, rows.interest, cash.principal, cash.equipment,
    cash.deposit, cash.taxes, cash.other_out,
  ]);
  let left = 0n;
  cash.closing = cash.total_in.map((amount, month) => (left += amount - cash.total_out[month]));
  cash.sources = total(start);
  return cash;
};

// One figure of a page by its code, as `courses/plans/views/panels.py` names them; null for one that is not known here.
export const figure = (code, found) => {
  const [name, ...more] = code.split(".");
  const { rows, cash, assets, products, values } = found;
  const product = `marketing.products.${more[0]}`;
  const made = {
    price: () => values.amount(`${product}.selling_price`),
    material: () => -values.amount(`${product}.cost_price`),
    left: () => values.amount(`${product}.selling_price`) - values.amount(`${product}.cost_price`),
    asset: () => assets.find((one) => one.row === more.join("."))?.amount ?? 0n,
    assets: () => total(assets.map((one) => one.amount)),
    depreciation_month: () => rows.depreciation[0],
    running_month: () => total(RUNNING.map((code_) => rows[code_][1])),
    sales: () => total(more.length ? (products.find((one) => one.row === more[0])?.sales ?? none()) : rows.sales),
    amount: () => products.find((one) => one.row === more[0])?.sales[more[1] - 1] ?? 0n,
    amounts: () => rows.sales[more[0] - 1],
    net_sales: () => total(rows.net_sales),
    total_costs: () => -total(rows.total_costs),
    profit: () => total(rows.profit),
    sources: () => cash.sources,
    interest_1: () => rows.interest[0],
    lowest: () => cash.closing.reduce((least, one) => (one < least ? one : least)),
  }[name];
  return made ? made() : null;
};

// Keeps the figures of a page true while somebody types.
export class Sums {
  constructor() {
    const told = document.querySelector("#numbers");
    this.told = told ? JSON.parse(told.textContent) : null;
    this.kept = { ...this.told?.values }; // what the server has
    this.places = [...document.querySelectorAll("[data-sum]")];
    document.querySelector("[data-live]")?.removeAttribute("hidden");
    if (this.told && this.places.some((one) => !one.textContent)) this.show();
  }

  // `rule` of a number field: what the server would refuse is not added up.
  put(path, text, rule) {
    if (!this.told || (rule?.kind && !stands(text, rule))) return;
    if ((this.told.values[path] ?? "") === text) return;
    this.told.values[path] = text;
    this.show();
    for (const one of document.querySelectorAll("[data-picture]")) one.classList.add("is-stale");
  }

  keep(path, text) {
    this.kept[path] = text;
    this.put(path, text);
  }

  // The server has refused a text: what it has counts.
  back(path) {
    this.put(path, this.kept[path] ?? "");
  }

  // Sentence and bars come from the server, so that they say what the sums say. `fresh`: the same page, newly read.
  take(fresh) {
    for (const name of ["panel", "chart"]) {
      const [mine, its] = [document, fresh].map((page) => page.querySelector(`[data-picture=${name}]`));
      if (mine && its) mine.replaceWith(document.adoptNode(its));
    }
    this.places = [...document.querySelectorAll("[data-sum]")];
  }

  show() {
    const found = tables(this.told.values, this.told.local);
    for (const place of this.places) {
      const cents = figure(place.dataset.sum, found);
      if (cents === null) continue;
      const text = printed(cents);
      if (/\d/.test(place.textContent)) place.textContent = place.textContent.replace(/[\u2212\d.,]*\d/, text);
      else place.textContent = text;
      place.classList.toggle("is-below", cents < 0n);
    }
  }
}
