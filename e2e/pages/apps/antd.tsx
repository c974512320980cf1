import { Button, Card, ConfigProvider, DatePicker, Input, Modal, Select, Switch, Table, Tabs } from "antd";
import arabic from "antd/locale/ar_EG";
import chinese from "antd/locale/zh_CN";
import { useState } from "react";
import { createRoot } from "react-dom/client";

const words = location.search.includes("ar")
  ? {
      lang: "ar",
      direction: "rtl" as const,
      locale: arabic,
      goods: ["قلم", "دفتر", "كتاب", "ورق", "حبر"],
      labels: ["الاسم", "السعر", "الكمية", "فتح", "الطلبات", "العملاء"],
    }
  : {
      lang: "zh",
      direction: "ltr" as const,
      locale: chinese,
      goods: ["铅笔", "笔记本", "书籍", "纸张", "墨水"],
      labels: ["名称", "价格", "数量", "打开", "订单", "客户"],
    };

document.documentElement.lang = words.lang;
document.documentElement.dir = words.direction;

const rows = Array.from({ length: 43 }, (_, i) => ({
  key: i,
  name: `${words.goods[i % 5]} ${i}`,
  price: (i * 37) % 101,
  count: (i * 13) % 17,
}));

function App() {
  const [open, setOpen] = useState(false);
  const [name, price, count, show, orders, customers] = words.labels;
  return (
    <ConfigProvider direction={words.direction} locale={words.locale}>
      <Card title={orders} style={{ margin: 24 }}>
        <Input id="name" placeholder={name ?? ""} style={{ width: 260 }} />
        <Select
          id="choice"
          style={{ width: 200, margin: "0 12px" }}
          options={words.goods.map((value) => ({ value, label: value }))}
        />
        <DatePicker id="date" /> <Switch />{" "}
        <Button id="open" type="primary" onClick={() => setOpen(true)}>
          {show}
        </Button>
        <Tabs
          items={[
            {
              key: "orders",
              label: orders,
              children: (
                <Table
                  dataSource={rows}
                  pagination={{ pageSize: 8 }}
                  columns={[
                    { title: name, dataIndex: "name" },
                    { title: price, dataIndex: "price", sorter: (a, b) => a.price - b.price },
                    { title: count, dataIndex: "count" },
                  ]}
                />
              ),
            },
            {
              key: "customers",
              label: customers,
              children: words.goods.map((good) => <p key={good}>{good}</p>),
            },
          ]}
        />
      </Card>
      <Modal open={open} title={customers} onCancel={() => setOpen(false)} onOk={() => setOpen(false)}>
        {words.goods.join("، ")}
      </Modal>
    </ConfigProvider>
  );
}

createRoot(document.getElementById("app") as HTMLElement).render(<App />);
