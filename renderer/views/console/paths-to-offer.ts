/** Methods of Frappe and ERPNext that people look things up with, by their public documentation. */
const methods = [
  'frappe.auth.get_logged_user',
  'frappe.client.get',
  'frappe.client.get_count',
  'frappe.client.get_list',
  'frappe.client.get_value',
  'frappe.client.get_single_value',
  'frappe.client.set_value',
  'frappe.client.insert',
  'frappe.client.has_permission',
  'frappe.desk.query_report.run',
  'frappe.desk.search.search_link',
  'frappe.utils.change_log.get_versions',
  'erpnext.stock.utils.get_stock_balance',
  'erpnext.accounts.utils.get_balance_on',
];

/** What the field of the path offers: methods, and the lists of the DocTypes that are on this device. */
export const pathsToOffer = (doctypes: readonly string[]): string[] => [
  ...methods,
  ...doctypes.map((doctype) => `/api/resource/${doctype}`),
];
