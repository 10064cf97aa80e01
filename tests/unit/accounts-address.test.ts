import { describe, expect, it } from 'vitest';
import { candidateSites } from '../../electron/accounts/address';

describe('site addresses', () => {
  it.each([
    ['erp.example.com', ['https://erp.example.com']],
    ['  https://erp.example.com/app/sales-order?view=list#x  ', ['https://erp.example.com']],
    ['"ERP.example.com/app"', ['https://erp.example.com']],
    ['<https://erp.example.com/login>', ['https://erp.example.com']],
    ['http://erp.example.com', ['https://erp.example.com', 'http://erp.example.com']],
    ['http://192.168.1.20:8000/app', ['http://192.168.1.20:8000']],
    ['192.168.1.20:8000', ['https://192.168.1.20:8000', 'http://192.168.1.20:8000']],
    ['erpserver', ['https://erpserver', 'http://erpserver']],
    ['localhost:8000/', ['https://localhost:8000', 'http://localhost:8000']],
    ['erp.local', ['https://erp.local', 'http://erp.local']],
    ['[fe80::1]:8000', ['https://[fe80::1]:8000', 'http://[fe80::1]:8000']],
    ['https://user:password@erp.example.com/x', ['https://erp.example.com']],
    ['https://erp.example.com:443', ['https://erp.example.com']],
    ['www.erp.example.com/app', ['https://www.erp.example.com', 'https://erp.example.com']],
    ['http://www.erp.lan:8000', ['http://www.erp.lan:8000', 'http://erp.lan:8000']],
    ['www.com', ['https://www.com']],
    ['erp.example.com/api/method/login?redirect-to=%2Fapp', ['https://erp.example.com']],
    ['HTTPS://ERP.Example.COM.', ['https://erp.example.com.']],
    ['müller.example', ['https://xn--mller-kva.example']],
  ])('finds what may stand behind %s', (address, sites) => {
    expect(candidateSites(address)).toEqual(sites);
  });

  it.each(['', '   ', 'ftp://erp.example.com', 'javascript:alert(1)//x', 'https://', 'two words', 'http://a b'])(
    'refuses %j',
    (address) => {
      expect(() => candidateSites(address)).toThrow(expect.objectContaining({ code: 'bad-parameters' }));
    },
  );
});
